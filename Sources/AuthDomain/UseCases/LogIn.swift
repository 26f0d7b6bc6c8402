/// Begins a login session for who knows an account's password. No account and a wrong password take the same time.
package enum LogIn: UseCase {
    package struct Input: Sendable {
        /// What the account may be meant by, the likeliest first.
        package let identifiers: [AccountIdentifier]
        package let password: Password
        /// The session that the request carries: the new one takes its place.
        package let session: SessionSecret?

        package init(identifiers: [AccountIdentifier], password: Password, session: SessionSecret?) {
            self.identifiers = identifiers
            self.password = password
            self.session = session
        }
    }

    package struct Output: Sendable {
        package let session: SessionSecret
        package let lifetime: Duration
        package let account: AccountID
    }

    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        guard input.password.isHashable else { throw .wrongCredentials }
        var found: Credentials?
        for identifier in input.identifiers where found == nil {
            found = try services.accounts.credentials(of: identifier, in: call.realm)
        }
        let isRight = try services.passwords.verify(input.password, against: found?.password)
        guard var credentials = found, isRight else { throw .wrongCredentials }
        if services.passwords.needsUpgrade(credentials.password),
            let better = try? services.passwords.hash(input.password)
        {
            guard try services.accounts.upgrade(credentials.password, of: credentials.account, to: better) else {
                return try run(input, in: call, with: services)
            }
            credentials = Credentials(account: credentials.account, password: better)
        }
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        try services.sessions.begin(
            session, for: credentials, replacing: try services.digest(input.session),
            limit: call.policy.sessions.perAccount)
        return Output(session: secret, lifetime: lifetime, account: credentials.account)
    }
}
