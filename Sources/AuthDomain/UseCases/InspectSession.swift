/// Tells whose login session a secret is of, and changes nothing.
package enum InspectSession: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noSession, .unavailable]

    /// What has to be settled for the secret, by itself or with what other requests claim.
    ///
    /// - Throws: `.noSession` when there is none.
    package static func claim(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> SessionClaim {
        SessionClaim(try services.question(input, in: call))
    }

    /// - Throws: `.noSession`.
    package static func run(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> LoginSession {
        try claim(input, in: call, with: services).settled(with: services)
    }
}
