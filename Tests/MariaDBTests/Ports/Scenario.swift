import AuthDomain
import AuthTestSupport
import Testing

/// A world of stores and the steps that its tests are made of.
struct Scenario: Sendable {
    let ports: @Sendable () -> Ports
    let realm: Realm
    let random = SeededRandom()
    var policy = CodePolicy()
    var now = Timestamp(microseconds: 1_800_000_000_000_000)

    init(_ backend: PortsBackend, realm: String = "twake") throws {
        try self.init(try backend.world(), realm: realm)
    }

    init(_ ports: @escaping @Sendable () -> Ports, realm: String = "twake") throws {
        self.ports = ports
        self.realm = try #require(Realm(realm))
    }

    func digest() throws -> SessionDigest { try #require(SessionDigest(octets: try random.octets(32))) }

    func session(lasting lifetime: Duration = .seconds(3_600)) throws -> NewSession {
        NewSession(digest: try digest(), realm: realm, created: now, expires: now + lifetime)
    }

    /// Asks for a code; the session that may tell it.
    func ask(
        _ phone: String, code: String, replacing: SessionDigest? = nil, with ports: Ports? = nil
    ) throws -> SessionDigest {
        let session = try session()
        let challenge = Challenge(
            purpose: .registration, realm: realm, address: .phone(try #require(PhoneNumber(phone))),
            code: try #require(OneTimeCode(code)), issued: now, policy: policy)
        try (ports ?? self.ports()).challenges.issue(challenge, for: .registration(session, replacing: replacing))
        return session.digest
    }

    /// Why telling the code in the session is refused; nil when it is right.
    func tell(_ code: String, in session: SessionDigest, with ports: Ports? = nil) -> AuthError? {
        guard let code = OneTimeCode(code) else { return .invalid(.code) }
        do throws(AuthError) {
            try (ports ?? self.ports()).challenges.redeem(
                code, for: .registration, of: .session(session), in: realm, policy: policy, at: now, bringing: .proof)
            return nil
        } catch {
            return error
        }
    }

    /// The same, but for using a right code up.
    func compare(_ code: String, in session: SessionDigest) -> AuthError? {
        guard let code = OneTimeCode(code) else { return .invalid(.code) }
        do throws(AuthError) {
            try ports().challenges.compare(
                code, for: .registration, of: .session(session), in: realm, policy: policy, at: now)
            return nil
        } catch {
            return error
        }
    }

    /// A session that has proven the phone.
    func proof(of phone: String) throws -> SessionDigest {
        let session = try ask(phone, code: "314159")
        try #require(tell("314159", in: session) == nil)
        return session
    }

    /// An account about to be made.
    func account(_ nickname: String, phone: String = "+33612345678", email: String? = nil) throws -> NewAccount {
        let nickname: Nickname = try #require(Nickname(nickname))
        let phone: PhoneNumber = try #require(PhoneNumber(phone))
        return NewAccount(
            id: AccountID(at: now, random: try random.octets(8)), realm: realm, nickname: nickname, phone: phone,
            email: try email.map { try #require(EmailAddress($0)) },
            profile: Profile(displayName: DisplayName("Ada")), password: PasswordHash(phc: "$cheap$1$00"),
            created: now)
    }

    /// Why registering is refused; nil when the account is made.
    func register(_ account: NewAccount, provenBy proof: SessionDigest, with ports: Ports? = nil) -> AuthError? {
        do {
            try (ports ?? self.ports()).accounts.register(account, provenBy: proof, beginning: try session())
            return nil
        } catch {
            return error as? AuthError
        }
    }
}
