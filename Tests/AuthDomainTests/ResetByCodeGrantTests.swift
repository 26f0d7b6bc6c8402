import AuthDomain
import AuthTestSupport
import Testing

/// `RequestReset`, `ExchangeResetCode` and `ResetByGrant`: a code, a grant for it, a new password for that.
@Suite struct ResetByCodeGrantTests {
    private var house: InMemoryHouse
    private let account: CreateAccount.Output

    init() throws {
        house = try #require(InMemoryHouse(realm: "contacts"))
        house.policy.revealsAccounts = false
        account = try house.create("ada@example.com")
    }

    private func ask(_ email: String = "ada@example.com") throws {
        try house.run(RequestReset.self, RequestReset.Input(addresses: [.email(try #require(EmailAddress(email)))]))
    }

    private func exchange(_ code: OneTimeCode, for email: String = "ada@example.com") throws -> SessionSecret {
        try house.run(
            ExchangeResetCode.self,
            ExchangeResetCode.Input(email: try #require(EmailAddress(email)), code: code)
        ).session
    }

    private func reset(_ grant: SessionSecret?, to password: String = "another horse") throws {
        try house.run(ResetByGrant.self, ResetByGrant.Input(grant: grant, password: Password(password)))
    }

    @Test func `a grant sets a new password and ends what was issued before`() throws {
        try ask()
        try reset(try exchange(try house.lastCode()))
        #expect(throws: AuthError.noSession) { try house.resolve(account.issued.session) }
        #expect(throws: AuthError.wrongCredentials) { try house.logInMember("ada@example.com") }
        #expect(try house.logInMember("ada@example.com", password: "another horse").account == account.account)
    }

    @Test func `a code gives one grant and a grant sets one password`() throws {
        try ask()
        let code = try house.lastCode()
        let grant = try exchange(code)
        #expect(throws: AuthError.noChallenge) { try exchange(code) }
        try reset(grant)
        #expect(throws: AuthError.noGrant) { try reset(grant, to: "a third horse") }
    }

    @Test mutating func `with a password set all grants are worth nothing`() throws {
        try ask()
        let first = try exchange(try house.lastCode())
        house.wait(.seconds(60))
        try ask()
        let second = try exchange(try house.lastCode())
        try reset(second)
        #expect(throws: AuthError.noGrant) { try reset(first) }
    }

    @Test mutating func `a grant is good until its time is over`() throws {
        try ask()
        let grant = try exchange(try house.lastCode())
        house.wait(house.policy.tokens.reset - .microseconds(1))
        #expect(throws: AuthError.invalid(.password)) { try reset(grant, to: "short") }
        house.wait(.microseconds(1))
        #expect(throws: AuthError.noGrant) { try reset(grant) }
    }

    @Test func `a refused password leaves the grant good`() throws {
        try ask()
        let grant = try exchange(try house.lastCode())
        for password in ["short", "ADA@example.com", ""] {
            #expect(throws: AuthError.invalid(.password)) { try reset(grant, to: password) }
        }
        #expect(try house.resolve(account.issued.session).account == account.account)
        try reset(grant)
    }

    @Test func `a grant is no login and a login no grant`() throws {
        try ask()
        let grant = try exchange(try house.lastCode())
        #expect(throws: AuthError.noSession) { try house.resolve(grant) }
        #expect(throws: AuthError.noGrant) { try reset(account.issued.session) }
        #expect(throws: AuthError.noGrant) { try reset(nil) }
    }

    @Test func `a grant is worth nothing in another realm`() throws {
        try ask()
        let grant = try exchange(try house.lastCode())
        let other = CallContext(now: house.now, realm: try #require(Realm("codes")), policy: house.policy)
        #expect(throws: AuthError.noGrant) {
            try ResetByGrant.run(
                ResetByGrant.Input(grant: grant, password: Password("another horse")), in: other, with: house.services)
        }
    }

    @Test mutating func `five wrong codes are compared, and an old one is none`() throws {
        try ask()
        let code = try house.lastCode()
        for _ in 1...5 { #expect(throws: AuthError.wrongCode) { try exchange(try house.wrongCode()) } }
        #expect(throws: AuthError.attemptsExhausted) { try exchange(code) }
        house.wait(.seconds(600))
        #expect(throws: AuthError.noChallenge) { try exchange(code) }
    }

    @Test mutating func `nobody's address gets no message and nobody a grant for it`() throws {
        try ask("nobody@example.com")
        #expect(house.store.messages.isEmpty)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try ask("nobody@example.com") }
        house.wait(.seconds(60))
        let code = try #require(OneTimeCode("271828"))
        let challenge = Challenge(
            purpose: .passwordReset, realm: house.realm,
            address: .email(try #require(EmailAddress("nobody@example.com"))), code: code, issued: house.now,
            policy: house.policy.codes)
        try house.store.issue(challenge, for: .nobody)
        #expect(throws: AuthError.noChallenge) { try exchange(code, for: "nobody@example.com") }
    }
}
