/// Makes an account for who has the code that was sent to its address, and logs its owner in.
package enum CompleteSignUp: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .noAccount, .invalid, .noChallenge, .wrongCode, .attemptsExhausted, .overloaded, .unavailable,
    ]

    package struct Input: Sendable {
        package let email: EmailAddress
        package let code: OneTimeCode
        package let password: Password

        package init(email: EmailAddress, code: OneTimeCode, password: Password) {
            self.email = email
            self.code = code
            self.password = password
        }
    }

    /// - Throws: `.noAccount` when no code was asked for, and nobody has an account by it, and the policy lets that be told; `.invalid(.password)`, the
    ///   code stays good then; what the code is refused for.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        let address = Address.email(input.email)
        let wasAsked = try services.challenges.wasAsked(for: .verification, of: address, in: call.realm)
        guard wasAsked || !call.policy.revealsAccounts else {
            throw try services.account([address], in: call) == nil ? .noAccount : .noChallenge
        }
        guard call.policy.accepts(input.password, of: [address.identifier]) else {
            throw .invalid(.password)
        }
        try services.challenges.compare(
            input.code, for: .verification, of: .address(address), in: call.realm, policy: call.policy.codes,
            at: call.now)
        let account = try services.newAccount(
            email: input.email, profile: Profile(), password: input.password, in: call)
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        do throws(AuthError) {
            try services.challenges.redeem(
                input.code, for: .verification, of: .address(address), in: call.realm, policy: call.policy.codes,
                at: call.now, bringing: wasAsked ? .account(account, session) : .nothing)
        } catch .taken {
            throw .noChallenge
        }
        services.remember(ownerOf: account.id, in: call)
        return Issued(secret, lasting: lifetime, for: account.id)
    }
}
