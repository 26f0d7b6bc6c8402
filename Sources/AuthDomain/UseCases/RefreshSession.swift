/// Takes a refresh token for the next one, and the session with it into its next stretch.
package enum RefreshSession: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noSession, .unavailable]

    package struct Input: Sendable {
        package let session: SessionSecret?
        /// Which of the session's refresh tokens it is; the first is 0.
        package let generation: Int

        package init(session: SessionSecret?, generation: Int) {
            self.session = session
            self.generation = generation
        }
    }

    package struct Output: Sendable {
        package let session: SessionSecret
        package let generation: Int
        package let login: LoginSession
    }

    /// - Throws: `.noSession` also for a token that was used before: the session ends then.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        guard let secret = input.session else { throw .noSession }
        let digest = try services.digester.digest(secret)
        let tokens = call.policy.tokens
        let generation = try services.sessions.refresh(
            digest, generation: input.generation, in: call.realm, at: call.now, grace: tokens.refreshGrace,
            expires: call.now + tokens.refresh)
        let question = try services.question(secret, in: call)
        guard let login = try services.sessions.login(question) else { throw .noSession }
        return Output(session: secret, generation: generation, login: login)
    }
}
