/// Sends somebody who forgot their password a code by which they can set a new one.
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
        let challenge = try services.challenge(.passwordReset, to: address, by: .reset, in: call)
        let account = try services.account(call.relevant(input.addresses), in: call)
        if account == nil, call.policy.revealsAccounts { throw .noAccount }
        try services.challenges.issue(challenge, for: account == nil ? .nobody : .again)
    }
}
