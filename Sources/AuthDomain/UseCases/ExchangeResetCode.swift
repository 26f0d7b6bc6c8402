/// Gives who has the code that was sent for it a grant to set a new password.
package enum ExchangeResetCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noChallenge, .wrongCode, .attemptsExhausted, .unavailable]

    package struct Input: Sendable {
        package let email: EmailAddress
        package let code: OneTimeCode

        package init(email: EmailAddress, code: OneTimeCode) {
            self.email = email
            self.code = code
        }
    }

    /// - Throws: what the code is refused for; `.noChallenge` also when nobody is known by the address, or who is
    ///   has proven another.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        let account = try services.resettable(input.email, in: call)
        let lifetime = call.policy.tokens.reset
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        try services.challenges.redeem(
            input.code, for: .passwordReset, of: .address(.email(input.email)), in: call.realm,
            policy: call.policy.codes, at: call.now, bringing: account.map { .grant($0.id, session) } ?? .nothing)
        guard let account else { throw .noChallenge }
        return Issued(secret, lasting: lifetime, for: account.id)
    }
}
