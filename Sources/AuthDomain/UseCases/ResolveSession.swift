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

    /// - Throws: `.noSession`; `.accountGone` when the account that the token names is no more.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> LoginSession {
        let policy = call.policy.sessions
        guard let digest = try services.digest(input.session) else { throw .noSession }
        guard let session = try services.sessions.login(digest, in: call.realm, idle: policy.idle, at: call.now) else {
            if let claimed = input.claimed, try !services.accounts.exists(claimed, in: call.realm) {
                throw .accountGone
            }
            throw .noSession
        }
        if call.now.since(session.seen) > policy.touchAfter {
            try services.sessions.touch(digest, at: call.now)
        }
        return session
    }
}
