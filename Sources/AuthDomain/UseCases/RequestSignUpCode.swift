/// Sends a code to an address that no account has, to sign up with.
package enum RequestSignUpCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.taken, .tooManyRequests, .unavailable]

    /// The code, where the policy lets answers reveal it.
    ///
    /// - Throws: `.taken` when an account has the address and the policy lets that be told; `.tooManyRequests`.
    package static func run(
        _ input: EmailAddress, in call: CallContext, with services: Services
    ) throws(AuthError) -> OneTimeCode? {
        let isTaken = try !services.taken(among: [.email(input)], in: call).isEmpty
        let challenge = try services.challenge(.verification, to: .email(input), by: .signUp, in: call)
        let notice = call.notice(.registrationAttempted, to: .email(input))
        try services.challenges.issue(
            isTaken ? challenge.withheld(telling: notice) : challenge, for: isTaken ? .nobody : .again,
            counting: services.signUpBudgets(in: call))
        return call.policy.revealsCodes ? challenge.code : nil
    }
}
