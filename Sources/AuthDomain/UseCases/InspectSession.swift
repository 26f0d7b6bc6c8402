/// Tells whose login session a secret is of, and changes nothing.
package enum InspectSession: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noSession, .unavailable]

    /// - Throws: `.noSession`.
    package static func run(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> LoginSession {
        guard let digest = try services.digest(input),
            let session = try services.sessions.login(
                digest, in: call.realm, idle: call.policy.sessions.idle, at: call.now)
        else { throw .noSession }
        return session
    }
}
