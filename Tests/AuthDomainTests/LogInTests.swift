import AuthDomain
import AuthTestSupport
import Testing

@Suite struct LogInTests {
    @Test func `who knows the password gets a session that lasts`() throws {
        var house = try InMemoryHouse.waiting()
        let account = try house.join("ada@example.com", phone: "+33612345678").account
        let output = try house.comeBack("+33612345678", "ADA@example.com")
        #expect(output.account.id == account)
        #expect(output.issued.lifetime == .seconds(30 * 86_400))
        house.wait(.seconds(86_399))
        #expect(house.isLive(output.issued.session))
        house.wait(.seconds(86_399))
        #expect(house.isLive(output.issued.session))
        house.wait(.seconds(86_400))
        #expect(!house.isLive(output.issued.session))
    }

    @Test func `a wrong password and nobody are told apart where that may be`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com")
        #expect(throws: AuthError.wrongCredentials) {
            try house.comeBack("ada@example.com", password: Password("wrong"))
        }
        #expect(throws: AuthError.noAccount) { try house.comeBack("nobody@example.com") }
    }

    @Test func `addresses of two accounts are nobody's`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com", phone: "+33612345678")
        try house.join("bob@example.com", phone: "+33612345679")
        #expect(throws: AuthError.noAccount) { try house.comeBack("ada@example.com", "+33612345679") }
        #expect(throws: AuthError.noAccount) { try house.comeBack("ada@example.com", "+33612345670") }
    }

    @Test func `a registration that waits is told to who knows its password`() throws {
        let house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com")
        #expect(throws: AuthError.notVerified) { try house.comeBack("ada@example.com") }
        #expect(throws: AuthError.wrongCredentials) {
            try house.comeBack("ada@example.com", password: Password("wrong"))
        }
    }

    @Test func `where it must not be told all that fails fails alike`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com")
        try house.signUp("bob@example.com", password: Password("anotherpassword"))
        try house.signUp("ada@example.com", password: Password("anotherpassword"))
        for text in ["ada@example.com", "bob@example.com", "nobody@example.com"] {
            for password in ["anotherpassword", "wrongpassword", ""] {
                #expect(throws: AuthError.wrongCredentials) { try house.comeBack(text, password: Password(password)) }
            }
        }
        try house.comeBack("ada@example.com")
    }

    @Test func `where it must not be told all that fails is limited alike`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com")
        try house.signUp("bob@example.com", password: Password("anotherpassword"))
        let failures = ["ada@example.com", "bob@example.com", "nobody@example.com"].map { text in
            (1...40).map { _ in
                #expect(throws: AuthError.self) { try house.comeBack(text, password: Password("anotherpassword")) }
            }
        }
        #expect(failures[0].contains { $0?.reason == .tooManyRequests })
        #expect(failures[1] == failures[0] && failures[2] == failures[0])
    }

    @Test func `a password is hashed anew when its hash is too weak for today`() throws {
        var house = try InMemoryHouse.waiting()
        let account = try house.join("ada@example.com").account
        house.hasher = CheapHasher(generation: 2)
        try house.comeBack("ada@example.com")
        let identifier = try InMemoryHouse.addresses(["ada@example.com"])[0].identifier
        let credentials = try #require(try house.services.accounts.credentials(of: identifier, in: house.realm))
        #expect(credentials.account.id == account)
        #expect(!house.hasher.needsUpgrade(credentials.password))
    }

    @Test func `a login is not refused because another host hashes the password anew meanwhile`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com")
        var other = house
        other.hasher = CheapHasher(generation: 2)
        try house.comeBack("ada@example.com", judgedBy: Interrupted { _ = try? other.comeBack("ada@example.com") })
    }

    @Test func `a login by a password that is replaced meanwhile is refused, and its client not remembered`() throws {
        var house = try InMemoryHouse.waiting()
        let account = try house.join("ada@example.com").account
        let client = try #require(ClientAddress(octets: [192, 0, 2, 7]))
        house.client = client
        let identifier = try InMemoryHouse.addresses(["ada@example.com"])[0].identifier
        let credentials = try #require(try house.services.accounts.credentials(of: identifier, in: house.realm))
        let replacement = try house.hasher.hash(Password("another password"))
        let accounts = house.services.accounts
        #expect(throws: AuthError.wrongCredentials) {
            try house.comeBack(
                "ada@example.com",
                judgedBy: Interrupted {
                    _ = try? accounts.upgrade(credentials.password, of: credentials.account.id, to: replacement)
                })
        }
        #expect(try house.store.knows(client, as: account, at: house.now) == nil)
    }
}

/// While it compares a password, something happens.
private struct Interrupted: PasswordHasher {
    private let hasher = CheapHasher()
    let happens: () -> Void

    func hash(_ password: Password) throws(AuthError) -> PasswordHash { try hasher.hash(password) }

    func verify(_ password: Password, against hash: PasswordHash?) throws(AuthError) -> Bool {
        happens()
        return try hasher.verify(password, against: hash)
    }

    func needsUpgrade(_ hash: PasswordHash) -> Bool { false }
}

extension InMemoryHouse {
    fileprivate func comeBack(_ text: String, judgedBy hasher: some PasswordHasher) throws {
        let usual = services
        let services = Services(
            accounts: usual.accounts, sessions: usual.sessions, challenges: usual.challenges, passwords: hasher,
            random: usual.random, digester: usual.digester, limits: usual.limits, readiness: usual.readiness)
        let identifiers = try Self.addresses([text]).map(\.identifier)
        _ = try LogIn.run(
            LogIn.Input(identifiers: identifiers, mustAgree: true, password: Self.signUpPassword), in: call,
            with: services)
    }
}
