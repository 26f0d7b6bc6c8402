/// What a request claims that carries a login session: to come from whoever it is of.
package struct SessionClaim: Sendable {
    package let question: LoginQuestion
    /// The account that the request's token names, where it names one.
    private let account: AccountID?
    /// For how long a session is used before that is written down; nil when it is not.
    private let touchAfter: Duration?

    package init(_ question: LoginQuestion, of account: AccountID? = nil, touchingAfter touchAfter: Duration? = nil) {
        self.question = question
        self.account = account
        self.touchAfter = touchAfter
    }

    /// What comes of the claim; nil while something else has to be asked or written first (`settle`).
    /// - Parameter answer: the one to the question.
    package func verdict(on answer: Answer) -> Result<LoginSession, AuthError>? {
        switch answer {
        case .success(let session?): isStale(session) ? nil : .success(session)
        case .success(nil): account == nil ? .failure(.noSession) : nil
        case .failure(let error): .failure(error)
        }
    }

    private func isStale(_ session: LoginSession) -> Bool {
        touchAfter.map { question.now.since(session.seen) > $0 } ?? false
    }
}

extension SessionClaim {
    /// The answer to a question: the session that it is of, if there is one.
    package typealias Answer = Result<LoginSession?, AuthError>

    /// What comes of claims that have no verdict yet: that sessions are used is written down, for all at once, and accounts
    /// are asked for that tokens name though their sessions are no more.
    ///
    /// - Returns: for each, its session, `.noSession`, or `.accountGone` when the account that the token names is no more.
    package static func settle(
        _ answered: [(claim: SessionClaim, answer: Answer)], with services: Services
    ) -> [Result<LoginSession, AuthError>] {
        let touched = Result { () throws(AuthError) in
            let stale = answered.filter { claim, answer in ((try? answer.get()) ?? nil).map(claim.isStale) ?? false }
                .map(\.claim.question)
            guard let latest = stale.map(\.now).max() else { return }
            try services.sessions.touch(stale.map(\.digest), at: latest)
        }
        // Nothing more is asked once there was no answer.
        let gone = Result { () throws(AuthError) in
            var gone: Set<AccountID> = []
            for case (let claim, .success(nil)) in answered {
                guard let account = claim.account else { continue }
                if try !services.accounts.exists(account, in: claim.question.realm) { gone.insert(account) }
            }
            return gone
        }
        return answered.map { claim, answer in
            Result { () throws(AuthError) in
                if let session = try answer.get() {
                    if claim.isStale(session) { try touched.get() }
                    return session
                }
                guard let account = claim.account else { throw .noSession }
                throw try gone.get().contains(account) ? .accountGone : .noSession
            }
        }
    }

    /// What comes of the claim by itself.
    ///
    /// - Throws: `.noSession`, `.accountGone`, as `settle` says.
    package func settled(with services: Services) throws(AuthError) -> LoginSession {
        let answer = Result { () throws(AuthError) in try services.sessions.login(question) }
        let verdict = verdict(on: answer) ?? Self.settle([(self, answer)], with: services).first
        return try (verdict ?? .failure(.noSession)).get()
    }
}
