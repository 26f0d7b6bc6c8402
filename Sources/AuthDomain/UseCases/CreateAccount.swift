/// Makes an account at once, nothing of it proven, and logs its owner in. Where it must not be told that an account has
/// its email already, a shadow is made instead, which its maker can tell from no other account; a phone that is taken is
/// left to who has it.
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

        /// What other accounts of the realm must not have, in the order in which a conflict is told.
        var identifiers: [AccountIdentifier] { [.email(email)] + (phone.map { [.phone($0)] } ?? []) }
    }

    package struct Output: Sendable {
        package let issued: Issued
        package let account: Account
    }

    /// - Throws: `.taken`, where the policy lets that be told; `.invalid(.password)`; `.tooManyRequests`.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        let identifiers = input.identifiers
        let taken = try services.taken(among: identifiers, in: call)
        try services.countSignUp(in: call)
        let account = try services.newAccount(
            phone: input.phone, email: input.email, profile: input.profile, password: input.password, in: call)
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        do throws(AuthError) {
            try make(account, session, input, taken: taken, in: call, with: services)
        } catch .taken(let field) {
            // Another got one of them a moment ago.
            guard call.policy.isUniform else { throw .taken(field) }
            let lost = identifiers.filter { $0.field == field }
            try make(account, session, input, taken: taken.union(lost), in: call, with: services)
        }
        // Nothing is proven yet, so nobody is spared a limit: it is known only where its next login would be told of.
        if !call.policy.isUniform, call.policy.notices.kinds.contains(.newDevice) {
            services.remember(ownerOf: account.id, in: call)
        }
        return Output(
            issued: Issued(secret, lasting: lifetime, for: account.id),
            account: Account(
                id: account.id, nickname: nil, phone: input.phone, email: input.email, profile: input.profile,
                proven: []))
    }

    /// Writes the account down, with its code where one is sent. A shadow gets none: its email's owner is told instead.
    private static func make(
        _ account: NewAccount, _ session: NewSession, _ input: Input, taken: Set<AccountIdentifier>,
        in call: CallContext, with services: Services
    ) throws(AuthError) {
        let address = Address.email(input.email)
        let attempt = call.notice(.registrationAttempted, to: address)
        let isShadow = taken.contains(address.identifier)
        let told = isShadow ? attempt : nil
        let account = isShadow ? account.shadow : account.withholding(Set(taken.map(\.field)))
        guard input.sendsCode else {
            // Where a notice may be due one is written for anybody, so that it takes as long.
            let message = call.policy.isUniform ? told ?? attempt?.forNobody : nil
            return try services.accounts.create(
                account, beginning: session, telling: message, perHour: call.policy.codes.messagesPerHour)
        }
        let challenge = try services.challenge(.verification, to: address, by: .signUp, in: call)
        do throws(AuthError) {
            try services.challenges.issue(
                isShadow ? challenge.withheld(telling: told) : challenge, for: .account(account, session))
        } catch .tooManyRequests(let wait) {
            // Who lost a race for the email learns that it is taken, and not that a code was just sent to it.
            _ = try services.taken(among: input.identifiers, in: call)
            throw .tooManyRequests(retryAfter: wait)
        }
    }
}
