/// Takes a registration down and sends a code to its address: the account is made when the code comes back.
package enum SignUp: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .missing, .taken, .invalid, .tooManyRequests, .overloaded, .unavailable,
    ]

    package struct Input: Sendable {
        package let email: EmailAddress?
        package let phone: PhoneNumber?
        package let password: Password
        package let profile: Profile

        package init(email: EmailAddress?, phone: PhoneNumber?, password: Password, profile: Profile) {
            self.email = email
            self.phone = phone
            self.password = password
            self.profile = profile
        }
    }

    package struct Output: Sendable {
        /// The registration session that names the pending account.
        package let issued: Issued
        /// How long the code is good for.
        package let codeLifetime: Duration
    }

    /// - Throws: `.missing` without an address; `.taken` when an account has one of them and the policy lets that be
    ///   told; `.invalid(.password)`, and `.invalid(.phone)` when no texts go to such numbers; `.tooManyRequests`.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        guard let address = input.email.map({ .email($0) }) ?? input.phone.map({ Address.phone($0) }) else {
            throw .missing(.email)
        }
        let challenge = try services.challenge(.verification, to: address, by: .signUp, in: call)
        try services.countSignUp(in: call)
        let account = try services.newAccount(
            phone: input.phone, email: input.email, profile: input.profile, password: input.password, in: call)
        let taken = try services.taken(
            among: account.identifiers, proving: call.policy.isUniform ? address : nil, in: call)
        let lifetime = call.policy.sessions.registration
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        if taken.contains(address.identifier) {
            let notice = call.notice(.registrationAttempted, to: address)
            try services.challenges.issue(
                challenge.withheld(telling: notice), for: .pendingAccount(account.shadow, session))
        } else {
            // A phone that is taken stays with who has it: the code goes to the email all the same.
            let account = account.withholding(Set(taken.map(\.field)))
            try services.challenges.issue(challenge, for: .pendingAccount(account, session))
        }
        return Output(
            issued: Issued(secret, lasting: lifetime, for: account.id), codeLifetime: call.policy.codes.lifetime)
    }
}
