/// Tells whose login session a request carries, and now and then writes down that it is used.
package enum ResolveSession: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noSession, .accountGone, .unavailable]

    package struct Input: Sendable {
        package let session: SessionSecret?
        /// The account that the request's token names, where it names one.
        package let claimed: AccountID?

        package init(session: SessionSecret?, claimed: AccountID? = nil) {
            self.session = session
            self.claimed = claimed
        }
    }

    /// What has to be settled for the input, by itself or with what other requests claim.
    ///
    /// - Throws: `.noSession` when it has no session.
    package static func claim(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> SessionClaim {
        SessionClaim(
            try services.question(input.session, in: call), of: input.claimed,
            touchingAfter: call.policy.sessions.touchAfter)
    }

    /// - Throws: `.noSession`; `.accountGone` when the account that the token names is no more.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> LoginSession {
        try claim(input, in: call, with: services).settled(with: services)
    }
}
