/// Sets a new password for who has the code that was sent for it, and ends everything issued before.
package enum ResetByCode: UseCase {
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

    /// - Throws: `.invalid(.password)`, the code stays good then; `.noAccount` when nobody is known by the addresses
    ///   and the policy lets that be told; what the code is refused for.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let address = input.addresses.first else { throw .missing(.email) }
        let account = try services.account(input.addresses, in: call)
        if account == nil, call.policy.revealsAccounts { throw .noAccount }
        let hash = try services.newPassword(input.password, of: account, in: call)
        try services.challenges.redeem(
            input.code, for: .passwordReset, of: .address(address), in: call.realm, policy: call.policy.codes,
            at: call.now, bringing: account.map { .password($0.id, hash) } ?? .nothing)
    }
}
