/// Sets a new password for who has the code that was sent for it, and ends everything issued before.
package enum ResetByCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .missing, .noAccount, .invalid, .noChallenge, .wrongCode, .attemptsExhausted, .overloaded, .unavailable,
    ]

    package struct Input: Sendable {
        package let addresses: [Address]
        package let code: OneTimeCode
        package let password: Password

        package init(addresses: [Address], code: OneTimeCode, password: Password) {
            self.addresses = addresses
            self.code = code
            self.password = password
        }
    }

    /// - Throws: `.invalid(.password)`, the code stays good then; where it must not be told whether anybody is known, a
    ///   password that only what else the account is known by forbids is refused like a wrong code instead; `.noAccount`
    ///   when nobody is known by the addresses and the policy lets that be told; what the code is refused for.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let address = input.addresses.first else { throw .missing(.email) }
        let owner = try services.resettable(input.addresses, in: call)
        if owner == nil, call.policy.revealsAccounts { throw .noAccount }
        let (account, holder) = (owner?.account, CodeHolder.address(owner?.address ?? address))
        let isAccepted = call.policy.accepts(input.password, of: account?.identifiers ?? [])
        guard call.policy.accepts(input.password, of: input.addresses.map(\.identifier)),
            isAccepted || !call.policy.revealsAccounts
        else { throw .invalid(.password) }
        try services.challenges.compare(
            input.code, for: .passwordReset, of: holder, in: call.realm, policy: call.policy.codes, at: call.now)
        let hash = try services.passwords.hash(input.password)
        let redemption: Redemption =
            if let account, isAccepted {
                .password(account.id, hash, telling: call.notice(.passwordChanged, to: account.addressForNotices))
            } else {
                .nothing
            }
        try services.challenges.redeem(
            input.code, for: .passwordReset, of: holder, in: call.realm, policy: call.policy.codes, at: call.now,
            bringing: redemption)
        if let account { services.remember(ownerOf: account.id, in: call) }
    }
}
