import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct CreateAccountTests {
    @Test func `an account is made unproven, its owner logged in and a code on its way`() throws {
        let house = try InMemoryHouse.riders()
        let made = try house.join(phone: "+33612345678")
        #expect(made.account.proven == [])
        #expect(made.issued.lifetime == house.policy.sessions.absolute)
        #expect(try house.resolve(made.issued.session).account == made.account)
        let message = try #require(house.store.messages.first)
        #expect(message.address.key == InMemoryHouse.email)
        #expect(message.expires == house.now + house.policy.codes.lifetime)
        guard case .code(_, .verification) = message.content else {
            Issue.record("not a code that proves the email")
            return
        }
    }

    @Test func `no code is sent where none is asked for`() throws {
        let house = try InMemoryHouse.riders()
        let made = try house.join(sendsCode: false)
        #expect(try house.resolve(made.issued.session).account.id == made.account.id)
        #expect(house.store.messages.isEmpty)
    }

    @Test(arguments: [true, false])
    func `what another account has is refused, the email first`(sendsCode: Bool) throws {
        let house = try InMemoryHouse.riders()
        _ = try house.join(phone: "+33612345678", sendsCode: sendsCode)
        #expect(throws: AuthError.taken(.email)) {
            try house.join("ADA@example.com", phone: "+33612345678", sendsCode: sendsCode)
        }
        #expect(throws: AuthError.taken(.phone)) {
            try house.join("bob@example.com", phone: "0033612345678", sendsCode: sendsCode)
        }
        #expect(house.store.accountCount == 1)
        #expect(house.store.messages.count == (sendsCode ? 1 : 0))
    }

    /// Codes that somebody else is always faster to ask for.
    private struct Overtaken: ChallengeStore {
        let store: InMemoryStore
        let rival: () -> Void

        func issue(
            _ challenge: Challenge, for occasion: Occasion, counting budgets: [Budget]
        ) throws(AuthError) {
            rival()
            try store.issue(challenge, for: occasion, counting: budgets)
        }

        func redeem(
            _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
            at now: Timestamp, bringing redemption: Redemption
        ) throws(AuthError) {
            throw .noChallenge
        }

        func compare(
            _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
            at now: Timestamp
        ) throws(AuthError) {
            throw .noChallenge
        }

        func wasAsked(for purpose: Purpose, of address: Address, in realm: Realm) throws(AuthError) -> Bool { false }
    }

    @Test func `who loses a race for an email is told that it is taken`() throws {
        let house = try InMemoryHouse.riders()
        let usual = house.services
        let services = Services(
            accounts: usual.accounts, sessions: usual.sessions,
            challenges: Overtaken(store: house.store) { _ = try? house.join() }, passwords: usual.passwords,
            random: usual.random, digester: usual.digester, limits: usual.limits, readiness: usual.readiness)
        let input = CreateAccount.Input(
            email: try #require(EmailAddress(InMemoryHouse.email)), password: Password(InMemoryHouse.password),
            profile: Profile(), sendsCode: true)
        #expect(throws: AuthError.taken(.email)) { try CreateAccount.run(input, in: house.call, with: services) }
        #expect(house.store.accountCount == 1)
    }

    @Test(arguments: ["short", "ada@example.com", "ADA@EXAMPLE.COM", "+33612345678"])
    func `a password that the policy does not take makes no account`(password: String) throws {
        let house = try InMemoryHouse.riders()
        #expect(throws: AuthError.invalid(.password)) { try house.join(phone: "+33612345678", password: password) }
        #expect(house.store.accountCount == 0)
        #expect(house.store.messages.isEmpty)
    }
}
