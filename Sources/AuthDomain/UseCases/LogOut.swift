/// Ends the login session that a request carries, at once and everywhere.
package enum LogOut: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noSession, .unavailable]

    package static func run(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) {
        guard let digest = try services.digest(input),
            try services.sessions.end(digest, in: call.realm, idle: call.policy.sessions.idle, at: call.now)
        else { throw .noSession }
    }
}
