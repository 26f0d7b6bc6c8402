/// Makes an account for the phone that a registration session proved, and logs its owner in.
package enum Register: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.unproven, .taken, .invalid, .overloaded, .unavailable]

    package struct Input: Sendable {
        package let session: SessionSecret?
        package let nickname: Nickname
        package let password: Password
        package let displayName: DisplayName?
        package let email: EmailAddress?

        package init(
            session: SessionSecret?, nickname: Nickname, password: Password, displayName: DisplayName?,
            email: EmailAddress?
        ) {
            self.session = session
            self.nickname = nickname
            self.password = password
            self.displayName = displayName
            self.email = email
        }
    }

    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        let (digest, phone) = try provenPhone(in: input.session, call, services)
        let account = try services.newAccount(
            nickname: input.nickname, phone: phone, email: input.email,
            profile: Profile(displayName: input.displayName), password: input.password, in: call)
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        try register(account, provenBy: digest, beginning: session, in: call, with: services)
        return Issued(secret, lasting: lifetime, for: account.id)
    }

    /// Makes the account; where it must not be told that another has its email, without that.
    private static func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession,
        in call: CallContext, with services: Services
    ) throws(AuthError) {
        var account = account
        if call.policy.isUniform, let email = account.email,
            try services.accounts.isTaken(.email(email), in: call.realm)
        {
            account = account.withholding([.email])
        }
        do throws(AuthError) {
            try services.accounts.register(
                account, provenBy: registration, beginning: session, remembering: call.owner(of: account.id))
        } catch .taken(.email) where call.policy.isUniform {
            try services.accounts.register(
                account.withholding([.email]), provenBy: registration, beginning: session,
                remembering: call.owner(of: account.id))
        }
    }

    /// The phone that a registration session has proven, and the session's digest.
    ///
    /// - Throws: `.unproven` when there is none.
    package static func provenPhone(
        in session: SessionSecret?, _ call: CallContext, _ services: Services
    ) throws(AuthError) -> (SessionDigest, PhoneNumber) {
        guard let digest = try services.digest(session),
            let registration = try services.sessions.registration(digest, in: call.realm, at: call.now),
            registration.isProven, let phone = registration.address.phone
        else { throw .unproven }
        return (digest, phone)
    }
}
