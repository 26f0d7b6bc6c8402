/// Tells whether an identifier is free in the realm.
package enum CheckAvailability: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.unavailable]

    package static func run(
        _ input: AccountIdentifier, in call: CallContext, with services: Services
    ) throws(AuthError) -> Bool {
        try !services.accounts.isTaken(input, in: call.realm)
    }
}
