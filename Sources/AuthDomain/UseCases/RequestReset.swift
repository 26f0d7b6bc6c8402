/// Sends somebody who forgot their password a code by which they can set a new one. It goes to the address that they gave
/// only if it is proven; else, where it may be told that there is an account, to one of the account's that is.
package enum RequestReset: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .missing, .invalid, .noAccount, .tooManyRequests, .unavailable,
    ]

    package struct Input: Sendable {
        package let addresses: [Address]

        package init(addresses: [Address]) {
            self.addresses = addresses
        }
    }

    /// - Throws: `.noAccount` when nobody is known by the addresses and the policy lets that be told;
    ///   `.invalid(.phone)` when no texts go to such numbers; `.tooManyRequests`.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let address = input.addresses.first else { throw .missing(.email) }
        guard call.policy.codes.spend.reaches(address) else { throw .invalid(.phone) }
        let owner = try services.resettable(input.addresses, in: call)
        if owner == nil, call.policy.revealsAccounts { throw .noAccount }
        let challenge = try services.challenge(.passwordReset, to: owner?.address ?? address, by: .reset, in: call)
        try services.challenges.issue(challenge, for: owner == nil ? .nobody : .again)
    }
}
