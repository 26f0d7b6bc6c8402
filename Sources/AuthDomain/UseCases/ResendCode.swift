/// Sends a new code to somebody whose address is not proven yet.
package enum ResendCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .missing, .invalid, .alreadyVerified, .noAccount, .tooManyRequests, .unavailable,
    ]

    /// Where it must not be told whether anybody is known, a registration gets its code again by the address to which
    /// the first went, and by no other: how soon a code may be asked for again would tell that they belong together.
    ///
    /// - Throws: `.alreadyVerified`, and `.noAccount` when nobody is known by the addresses, where the policy lets that
    ///   be told; `.invalid(.phone)` when no texts go to such numbers; `.tooManyRequests`.
    package static func run(
        _ input: [Address], in call: CallContext, with services: Services
    ) throws(AuthError) {
        guard let first = input.first else { throw .missing(.email) }
        let (address, occasion) = try receiver(first, input, in: call, with: services)
        let challenge = try services.challenge(.verification, to: address, by: .resend, in: call)
        try services.challenges.issue(challenge, for: occasion)
    }

    private static func receiver(
        _ first: Address, _ addresses: [Address], in call: CallContext, with services: Services
    ) throws(AuthError) -> (Address, Occasion) {
        let revealing = call.policy.revealsAccounts
        if let pending = try services.awaited(addresses, in: call) { return (pending.address, .again) }
        if let account = try services.account(call.relevant(addresses), in: call) {
            if account.proven.isEmpty { return (first, .again) }
            if revealing { throw .alreadyVerified }
        } else {
            if !call.policy.keepsPendingAccounts,
                try services.challenges.wasAsked(for: .verification, of: first, in: call.realm)
            {
                return (first, .again)
            }
            if revealing { throw .noAccount }
        }
        return (first, .nobody)
    }
}
