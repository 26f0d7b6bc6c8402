import AuthDomain
import AuthTestSupport
import Testing

/// Steps of people who are known by an email.
extension Scenario {
    static let email = "ada@example.com"

    func address(_ email: String = Self.email) throws -> Address {
        .email(try #require(EmailAddress(email)))
    }

    /// An account about to be made that an email names.
    func member(_ email: String = Self.email, phone: String? = nil, profile: Profile = Profile()) throws -> NewAccount {
        let email: EmailAddress = try #require(EmailAddress(email))
        return NewAccount(
            id: AccountID(at: now, random: try random.octets(8)), realm: realm,
            phone: try phone.map { try #require(PhoneNumber($0)) }, email: email,
            profile: profile, password: PasswordHash(phc: "$cheap$1$00"), created: now)
    }

    func challenge(
        _ purpose: Purpose = .verification, to email: String = Self.email, code: String = "123456"
    ) throws -> Challenge {
        Challenge(
            purpose: purpose, realm: realm, address: try address(email), code: try #require(OneTimeCode(code)),
            issued: now, policy: policy)
    }

    /// Why making the account with a code is refused; nil when it is made.
    func join(_ account: NewAccount, beginning session: NewSession, code: String = "123456") -> AuthError? {
        do {
            let challenge = try challenge(to: account.email?.typed ?? "", code: code)
            try ports().challenges.issue(challenge, for: .account(account, session))
            return nil
        } catch {
            return error as? AuthError
        }
    }

    /// Why telling the code of an email is refused; nil when it proves the email to be the account's.
    func verify(
        _ account: AccountID, code: String = "123456", email: String = Self.email, in other: Realm? = nil
    ) -> AuthError? {
        do {
            try ports().challenges.redeem(
                try #require(OneTimeCode(code)), for: .verification, of: .address(try address(email)),
                in: other ?? realm, policy: policy, at: now, bringing: .verification(account))
            return nil
        } catch {
            return error as? AuthError
        }
    }

    /// The account of an email.
    func found(_ email: String = Self.email) throws -> Account? {
        try ports().accounts.account(try address(email).identifier, in: realm)
    }

    /// Whether the login session lives.
    func isLive(_ session: SessionDigest) throws -> Bool {
        try ports().sessions.login(session, in: realm, idle: .seconds(30 * 86_400), at: now) != nil
    }

    /// The number of the refresh token after `generation`, or why there is none.
    func refresh(
        _ session: SessionDigest, _ generation: Int, in other: Realm? = nil,
        lasting lifetime: Duration = .seconds(3_600)
    ) -> Result<Int, AuthError> {
        Result { () throws(AuthError) in
            try ports().sessions.refresh(
                session, generation: generation, in: other ?? realm, at: now, grace: .seconds(30),
                expires: now + lifetime)
        }
    }
}
