import AuthDomain
import AuthTestSupport
import Testing

/// The steps of a sign-up that waits for its proof.
extension Scenario {
    /// An address as somebody types it.
    static func address(_ text: String) throws -> Address {
        if let email = EmailAddress(text) { return .email(email) }
        return .phone(try #require(PhoneNumber(text)))
    }

    func addressed(_ purpose: Purpose, to address: String, code: String) throws -> Challenge {
        Challenge(
            purpose: purpose, realm: realm, address: try Self.address(address), code: try #require(OneTimeCode(code)),
            issued: now, policy: policy)
    }

    /// A registration about to wait.
    func registration(email: String?, phone: String? = nil, password: String = "00") throws -> NewAccount {
        NewAccount(
            id: AccountID(at: now, random: try random.octets(8)), realm: realm,
            phone: try phone.map { try #require(PhoneNumber($0)) },
            email: try email.map { try #require(EmailAddress($0)) },
            profile: Profile(firstName: DisplayName("John"), lastName: DisplayName("Doe")),
            password: PasswordHash(phc: "$cheap$1$\(password)"), created: now)
    }

    /// Takes a registration down and sends its code; the session that names it.
    @discardableResult
    func signUp(_ account: NewAccount, at address: String, code: String) throws -> SessionDigest {
        let session = try session()
        try ports().challenges.issue(
            try addressed(.verification, to: address, code: code), for: .pendingAccount(account, session))
        return session.digest
    }

    /// Why telling a code for an address is refused; nil when it is right.
    func redeem(
        _ code: String, for purpose: Purpose = .verification, of address: String, in other: Realm? = nil,
        bringing redemption: Redemption
    ) throws -> AuthError? {
        let code = try #require(OneTimeCode(code))
        let address = try Self.address(address)
        do throws(AuthError) {
            try ports().challenges.redeem(
                code, for: purpose, of: .address(address), in: other ?? realm, policy: policy, at: now,
                bringing: redemption)
            return nil
        } catch {
            return error
        }
    }

    func pending(_ address: String) throws -> PendingAccount? {
        try ports().accounts.pending(try Self.address(address), in: realm, at: now)
    }

    func foundAccount(_ address: String) throws -> Account? {
        try ports().accounts.account(try Self.address(address).identifier, in: realm)
    }

    /// Makes the account of an email, as its code does; the account and the login that it began with.
    func activated(_ email: String, phone: String? = nil) throws -> (NewAccount, SessionDigest) {
        let account = try registration(email: email, phone: phone)
        try signUp(account, at: email, code: "271828")
        let session = try session()
        try #require(try redeem("271828", of: email, bringing: .activation(session)) == nil)
        return (account, session.digest)
    }

    /// Whether a login lives.
    func isLogin(_ session: SessionDigest) throws -> Bool {
        try ports().sessions.login(session, in: realm, idle: .seconds(86_400), at: now) != nil
    }
}
