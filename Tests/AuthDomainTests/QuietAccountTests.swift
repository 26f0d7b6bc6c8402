import AuthDomain
import AuthTestSupport
import Testing

/// `CreateAccount` where nothing is sent.
@Suite struct QuietAccountTests {
    private let house: InMemoryHouse

    init() throws { house = try #require(InMemoryHouse(realm: "contacts")) }

    @Test func `an account is made, nothing of it proven, and nothing is sent`() throws {
        let output = try house.create(" Ada@Example.com ")
        #expect(output.account.email?.typed == "Ada@Example.com")
        #expect(output.account.profile.displayName?.text == "Ada")
        #expect(output.account.proven.isEmpty)
        #expect(output.issued.account == output.account.id)
        #expect(output.issued.lifetime == house.policy.sessions.absolute)
        #expect(try house.resolve(output.issued.session).account == output.account)
        #expect(try house.logInMember("ada@example.com").account == output.account)
        #expect(house.store.messages.isEmpty)
    }

    @Test(arguments: ["ada@example.com", "ADA@EXAMPLE.COM", " ada@example.com"])
    func `a taken email is refused however it is written`(email: String) throws {
        _ = try house.create("Ada@example.com")
        #expect(throws: AuthError.taken(.email)) { try house.create(email) }
        #expect(house.store.accountCount == 1)
    }

    @Test func `a taken phone is refused`() throws {
        _ = try house.create("ada@example.com", phone: "+33612345678")
        #expect(throws: AuthError.taken(.phone)) { try house.create("bob@example.com", phone: "+33 6 12 34 56 78") }
    }

    @Test(arguments: ["", "seven77", String(repeating: "x", count: 257), "Ada@Example.com", "PassWord"])
    func `a password that the policy refuses makes no account`(password: String) throws {
        var house = house
        house.policy.passwords.blocklist = ["password"]
        #expect(throws: AuthError.invalid(.password)) { try house.create("ada@example.com", password: password) }
        #expect(house.store.accountCount == 0)
    }

    @Test func `an email has an account in each realm`() throws {
        let first = try house.create("ada@example.com")
        let other = CallContext(now: house.now, realm: try #require(Realm("codes")), policy: house.policy)
        let second = try CreateAccount.run(
            CreateAccount.Input(
                email: try #require(EmailAddress("ada@example.com")), password: Password(InMemoryHouse.memberPassword),
                profile: Profile(), sendsCode: false), in: other, with: house.services)
        #expect(first.account.id != second.account.id)
        #expect(throws: AuthError.noSession) { try house.resolve(second.issued.session) }
    }

    @Test func `a session that is over tells whether its account is gone`() throws {
        var house = house
        let output = try house.create("ada@example.com")
        house.wait(house.policy.sessions.absolute)
        #expect(throws: AuthError.noSession) { try house.resolve(output.issued.session, claimed: output.account.id) }
        let nobody = try #require(AccountID(octets: Array(repeating: 7, count: AccountID.length)))
        #expect(throws: AuthError.accountGone) { try house.resolve(output.issued.session, claimed: nobody) }
        #expect(throws: AuthError.noSession) { try house.resolve(nil, claimed: nobody) }
    }
}
