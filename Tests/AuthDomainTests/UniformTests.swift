import AuthTestSupport
import Testing

@testable import AuthDomain

/// Where no answer may tell whether anybody has an address.
@Suite struct UniformTests {
    private func house() throws -> InMemoryHouse {
        var house = try InMemoryHouse.riders()
        house.policy.isUniform = true
        return house
    }

    private func verify(_ house: InMemoryHouse, _ session: SessionSecret, _ code: OneTimeCode) throws {
        try house.run(VerifyEmail.self, VerifyEmail.Input(session: try house.resolve(session), code: code))
    }

    @Test func `who has proven nothing logs in neither to an account nor to a shadow`() throws {
        var house = try house()
        let made = try house.join()
        let code = try house.lastCode()
        #expect(throws: AuthError.wrongCredentials) { try house.logIn() }
        try verify(house, made.issued.session, code)
        #expect(try house.logIn().account.id == made.account.id)
        house.wait(.seconds(60))
        let shadow = try house.join(password: "other words")
        #expect(throws: AuthError.wrongCredentials) { try house.logIn("other words") }
        // Not by a code that was sent to the owner, either.
        try house.resend(InMemoryHouse.email)
        #expect(throws: (any Error).self) { try verify(house, shadow.issued.session, code) }
        #expect(try house.resolve(shadow.issued.session).account.proven.isEmpty)
        #expect(try house.logIn().account.id == made.account.id)
    }

    @Test func `a right password that does not let in counts like a wrong one`() throws {
        let house = try house()
        _ = try house.join()
        for _ in 1...10 { #expect(throws: AuthError.wrongCredentials) { try house.logIn() } }
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(900))) { try house.logIn() }
    }

    @Test func `a link proves the email that it was sent to`() throws {
        let house = try house()
        let made = try house.join()
        try house.askForLink()
        let input = ResetByGrant.Input(grant: try house.lastGrant(), password: Password("another horse"))
        try house.run(ResetByGrant.self, input)
        #expect(try house.logIn("another horse").account.id == made.account.id)
    }

    @Test func `a resend right after a registration is as early for anybody`() throws {
        let house = try house()
        _ = try house.join()
        for email in [InMemoryHouse.email, "nobody@example.com"] {
            try house.resend(email)
            #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.resend(email) }
        }
        #expect(house.store.messages.count == 2)
    }

    @Test func `a resend for nobody makes no one of them`() throws {
        var house = try house()
        for _ in 1...3 {
            try house.resend("nobody@example.com")
            house.wait(.seconds(60))
        }
        #expect(house.store.messages.isEmpty)
    }

    @Test func `an address gets no more messages than it may, whatever is asked for`() throws {
        var house = try house()
        _ = try house.join()
        for _ in 1...5 {
            house.wait(.seconds(60))
            try house.resend(InMemoryHouse.email)
        }
        #expect(house.store.messages.count == 5)
        try house.askForLink()
        #expect(house.store.messages.count == 5)
    }

    @Test func `who loses a race for an email gets a shadow`() throws {
        let house = try house()
        let email: EmailAddress = try #require(EmailAddress(InMemoryHouse.email))
        let input = CreateAccount.Input(
            email: email, password: Password(InMemoryHouse.password), profile: Profile(), sendsCode: false)
        let overtaken = Overtaken(store: house.store) {
            if house.store.accountCount == 0 { _ = try? house.join(sendsCode: false) }
        }
        let usual = house.services
        let services = Services(
            accounts: overtaken, sessions: usual.sessions, challenges: usual.challenges, passwords: usual.passwords,
            random: usual.random, digester: usual.digester, limits: usual.limits, readiness: usual.readiness)
        let made = try CreateAccount.run(input, in: house.call, with: services)
        #expect(house.store.accountCount == 2)
        #expect(try house.store.account(.email(email), in: house.realm)?.id != made.account.id)
    }

    @Test(arguments: [true, false])
    func `of addresses each is free, of nicknames those that are`(uniform: Bool) throws {
        var house = try InMemoryHouse.riders()
        _ = try house.join()
        house.policy.isUniform = uniform
        let email: EmailAddress = try #require(EmailAddress(InMemoryHouse.email))
        #expect(try house.run(CheckAvailability.self, .email(email)) == uniform)
    }
}
