/// Sends a code to a phone that no account has, and begins the registration session that may tell it. Where it must not be
/// told that an account has the phone, its owner gets a notice instead of a code.
package enum SendCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.invalid, .taken, .tooManyRequests, .unavailable]

    package struct Input: Sendable {
        package let phone: PhoneNumber
        /// The session that the request carries; its holder cannot ask more often by asking for another phone.
        package let session: SessionSecret?

        package init(phone: PhoneNumber, session: SessionSecret?) {
            self.phone = phone
            self.session = session
        }
    }

    package struct Output: Sendable {
        package let session: SessionSecret
        package let lifetime: Duration
    }

    /// - Throws: `.invalid(.phone)` when no texts go to such numbers; `.taken`; `.tooManyRequests`.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        let address = Address.phone(input.phone)
        let challenge = try services.challenge(.registration, to: address, by: .signUp, in: call)
        let isTaken = try !services.taken(among: [address.identifier], in: call).isEmpty
        let lifetime = call.policy.sessions.registration
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        let notice = call.notice(.registrationAttempted, to: address)
        try services.challenges.issue(
            isTaken ? challenge.withheld(telling: notice) : challenge,
            for: .registration(session, replacing: try services.digest(input.session)),
            counting: services.signUpBudgets(in: call))
        return Output(session: secret, lifetime: lifetime)
    }
}
