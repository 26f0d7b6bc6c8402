/// Tells whether an identifier is free in the realm; of an address, only where that may be told: else each is.
package enum CheckAvailability: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.unavailable]

    package static func run(
        _ input: AccountIdentifier, in call: CallContext, with services: Services
    ) throws(AuthError) -> Bool {
        let isTaken = try services.accounts.isTaken(input, in: call.realm)
        return !isTaken || call.policy.isUniform && input.address != nil
    }
}
