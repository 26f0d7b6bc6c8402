/// Sends a new code to somebody whose address is not proven yet.
package enum ResendCode: UseCase {
    /// - Throws: `.alreadyVerified`; `.noAccount` when nobody is known by the addresses and the policy lets that be
    ///   told; `.tooManyRequests`.
    package static func run(
        _ input: [Address], in call: CallContext, with services: Services
    ) throws(AuthError) {
        guard let first = input.first else { throw .missing(.email) }
        let (address, occasion) = try receiver(first, input, in: call, with: services)
        try services.challenges.issue(try services.challenge(.verification, to: address, in: call), for: occasion)
    }

    private static func receiver(
        _ first: Address, _ addresses: [Address], in call: CallContext, with services: Services
    ) throws(AuthError) -> (Address, Occasion) {
        if let pending = try services.pending(addresses.map(\.identifier), in: call) {
            return (pending.address, .again)
        }
        if let account = try services.account(addresses, in: call) {
            if !account.hasProven(first) { return (first, .again) }
            if call.policy.revealsAccounts { throw .alreadyVerified }
        } else {
            if try services.challenges.wasAsked(for: .verification, of: first, in: call.realm) {
                return (first, .again)
            }
            if call.policy.revealsAccounts { throw .noAccount }
        }
        return (first, .nobody)
    }
}
