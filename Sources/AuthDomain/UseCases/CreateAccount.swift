/// Makes an account at once, nothing of it proven, and logs its owner in.
package enum CreateAccount: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .taken, .invalid, .tooManyRequests, .overloaded, .unavailable,
    ]

    package struct Input: Sendable {
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let password: Password
        package let profile: Profile
        /// Whether a code is sent to the email, to prove it.
        package let sendsCode: Bool

        package init(
            email: EmailAddress, phone: PhoneNumber? = nil, password: Password, profile: Profile, sendsCode: Bool
        ) {
            self.email = email
            self.phone = phone
            self.password = password
            self.profile = profile
            self.sendsCode = sendsCode
        }
    }

    package struct Output: Sendable {
        package let issued: Issued
        package let account: Account
    }

    /// - Throws: `.taken`; `.invalid(.password)`; `.tooManyRequests`.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        let identifiers: [AccountIdentifier] = [.email(input.email)] + (input.phone.map { [.phone($0)] } ?? [])
        try requireFree(identifiers, in: call, with: services)
        try services.countSignUp(in: call)
        let account = try services.newAccount(
            phone: input.phone, email: input.email, profile: input.profile, password: input.password, in: call)
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        if input.sendsCode {
            let challenge = try services.challenge(.verification, to: .email(input.email), in: call)
            do throws(AuthError) {
                try services.challenges.issue(challenge, for: .account(account, session))
            } catch .tooManyRequests(let wait) {
                // Who lost a race for the email learns that it is taken, and not that a code was just sent to it.
                try requireFree(identifiers, in: call, with: services)
                throw .tooManyRequests(retryAfter: wait)
            }
        } else {
            try services.accounts.create(account, beginning: session)
        }
        return Output(
            issued: Issued(secret, lasting: lifetime, for: account.id),
            account: Account(
                id: account.id, nickname: nil, phone: input.phone, email: input.email, profile: input.profile,
                proven: []))
    }

    private static func requireFree(
        _ identifiers: [AccountIdentifier], in call: CallContext, with services: Services
    ) throws(AuthError) {
        for identifier in identifiers where try services.accounts.isTaken(identifier, in: call.realm) {
            throw .taken(identifier.field)
        }
    }
}
