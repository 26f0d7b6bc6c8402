import AuthDomain
import AuthTestSupport
import Testing

/// The steps that tests of accounts by email are made of.
extension Scenario {
    /// An account about to be made.
    func person(_ email: String, phone: String? = nil) throws -> NewAccount {
        let email: EmailAddress = try #require(EmailAddress(email))
        return NewAccount(
            id: AccountID(at: now, random: try random.octets(8)), realm: realm,
            phone: try phone.map { try #require(PhoneNumber($0)) }, email: email,
            profile: Profile(displayName: DisplayName("Ada")), password: PasswordHash(phc: "$cheap$1$00"),
            created: now)
    }

    /// Why making the account is refused; nil when it is made.
    func create(_ account: NewAccount) -> AuthError? {
        do {
            try ports().accounts.create(account, beginning: try session())
            return nil
        } catch {
            return error as? AuthError ?? .unavailable
        }
    }

    /// Asks for the code 123456.
    func ask(_ purpose: Purpose, _ email: String, for occasion: Occasion = .again) throws {
        let challenge = Challenge(
            purpose: purpose, realm: realm, address: .email(try #require(EmailAddress(email))),
            code: try #require(OneTimeCode("123456")), issued: now, policy: policy)
        try ports().challenges.issue(challenge, for: occasion)
    }

    /// Why telling the code is refused; nil when it brings the redemption about.
    func redeem(_ purpose: Purpose, _ email: String, _ code: String, _ redemption: Redemption) -> AuthError? {
        guard let email = EmailAddress(email), let code = OneTimeCode(code) else { return .invalid(.code) }
        do throws(AuthError) {
            try ports().challenges.redeem(
                code, for: purpose, of: .address(.email(email)), in: realm, policy: policy, at: now,
                bringing: redemption)
            return nil
        } catch {
            return error
        }
    }
}
