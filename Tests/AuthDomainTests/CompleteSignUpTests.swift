import AuthDomain
import AuthTestSupport
import Testing

/// `RequestSignUpCode` and `CompleteSignUp`: a code to an address, and an account for who has it.
@Suite struct CompleteSignUpTests {
    private var house: InMemoryHouse

    init() throws { house = try #require(InMemoryHouse(realm: "codes")) }

    private func ask(_ email: String = "ada@example.com") throws -> OneTimeCode? {
        try house.run(RequestSignUpCode.self, try #require(EmailAddress(email)))
    }

    private func complete(
        _ code: OneTimeCode, email: String = "ada@example.com", password: String = InMemoryHouse.memberPassword
    ) throws -> Issued {
        try house.run(
            CompleteSignUp.self,
            CompleteSignUp.Input(
                email: try #require(EmailAddress(email)), code: code, password: Password(password)))
    }

    @Test func `the code makes an account whose email is proven`() throws {
        #expect(try ask() == nil)
        #expect(house.store.accountCount == 0)
        let account = try house.resolve(try complete(try house.lastCode(), email: "ADA@example.com").session).account
        #expect(account.email?.key == "ada@example.com")
        #expect(account.proven == [.email])
        #expect(try house.logInMember("ada@example.com").account.id == account.id)
    }

    @Test mutating func `the code is told only where the policy says so`() throws {
        house.policy.revealsCodes = true
        #expect(try ask()?.text == house.lastCode().text)
    }

    @Test func `a second code has to wait`() throws {
        _ = try ask()
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try ask(" ADA@example.com") }
        _ = try ask("bob@example.com")
    }

    @Test mutating func `an address with an account gets no code`() throws {
        _ = try house.create("ada@example.com")
        #expect(throws: AuthError.taken(.email)) { try ask() }
        house.policy.isUniform = true
        #expect(try ask() == nil)
        #expect(house.store.messages.isEmpty)
    }

    @Test mutating func `without a code asked for there is nothing to complete`() throws {
        let code = try #require(OneTimeCode("123456"))
        #expect(throws: AuthError.noAccount) { try complete(code) }
        house.policy.isUniform = true
        #expect(throws: AuthError.noChallenge) { try complete(code) }
    }

    @Test mutating func `wrong, expired and used codes make no account`() throws {
        _ = try ask()
        let code = try house.lastCode()
        #expect(throws: AuthError.wrongCode) { try complete(try house.wrongCode()) }
        house.wait(.seconds(600))
        #expect(throws: AuthError.noChallenge) { try complete(code) }
        #expect(house.store.accountCount == 0)
        _ = try ask()
        let next = try house.lastCode()
        _ = try complete(next)
        #expect(throws: AuthError.noChallenge) { try complete(next) }
        #expect(house.store.accountCount == 1)
    }

    @Test mutating func `no password is hashed for a wrong code`() throws {
        _ = try ask()
        let code = try house.lastCode()
        house.hasher.isOverloaded = true
        for _ in 1...4 { #expect(throws: AuthError.wrongCode) { try complete(try house.wrongCode()) } }
        #expect(throws: AuthError.overloaded(retryAfter: .seconds(1))) { try complete(code) }
        house.hasher.isOverloaded = false
        _ = try complete(code)
    }

    @Test(arguments: ["short", "ada@example.com", String(repeating: "x", count: 257)])
    func `a refused password does not use the code up`(password: String) throws {
        _ = try ask()
        let code = try house.lastCode()
        for _ in 1...10 {
            #expect(throws: AuthError.invalid(.password)) { try complete(code, password: password) }
        }
        _ = try complete(code)
    }

    @Test func `a code for an account that was made meanwhile makes no other`() throws {
        _ = try ask()
        let code = try house.lastCode()
        let account = try house.create("ada@example.com").account
        #expect(throws: AuthError.noChallenge) { try complete(code) }
        #expect(try house.logInMember("ada@example.com").account == account)
    }

    @Test func `a code for a new password signs nobody up`() throws {
        let address = Address.email(try #require(EmailAddress("ada@example.com")))
        let code = try #require(OneTimeCode("271828"))
        try house.store.issue(
            Challenge(
                purpose: .passwordReset, realm: house.realm, address: address, code: code, issued: house.now,
                policy: house.policy.codes), for: .nobody)
        #expect(throws: AuthError.noAccount) { try complete(code) }
    }
}
