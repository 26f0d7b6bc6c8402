import AuthDomain
import AuthTestSupport
import Testing

/// What the stores promise of accounts by email that are made at once, found in numbers, or made by a code.
@Suite struct EmailAccountContractTests {
    private static let idle: Duration = .seconds(1_000)

    @Test(arguments: PortsBackend.available)
    func `an account is made with its login and nothing of it is proven`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        let (account, session) = (try scenario.person("Ada@example.com"), try scenario.session())
        try scenario.ports().accounts.create(account, beginning: session)
        let found = try scenario.ports().sessions.login(
            session.digest, in: scenario.realm, idle: Self.idle, at: scenario.now)
        #expect(found?.account.id == account.id)
        #expect(found?.account.email?.typed == "Ada@example.com")
        #expect(found?.account.profile.displayName?.text == "Ada")
        #expect(found?.account.proven == [])
        #expect(try scenario.ports().accounts.exists(account.id, in: scenario.realm))
        #expect(try scenario.ports().accounts.exists(account.id, in: try #require(Realm("codes"))) == false)
    }

    @Test(arguments: PortsBackend.available)
    func `a taken email makes neither account nor login`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        #expect(scenario.create(try scenario.person("ada@example.com")) == nil)
        let (other, session) = (try scenario.person("ADA@example.com"), try scenario.session())
        #expect(throws: AuthError.taken(.email)) {
            try scenario.ports().accounts.create(other, beginning: session)
        }
        #expect(try scenario.ports().accounts.exists(other.id, in: scenario.realm) == false)
        #expect(
            try scenario.ports().sessions.login(
                session.digest, in: scenario.realm, idle: Self.idle, at: scenario.now) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `one email registered 16 times in parallel gives one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        for round in 0..<10 {
            let accounts = try (0..<16).map { number in
                try scenario.person(number % 2 == 0 ? "ada\(round)@example.com" : "ADA\(round)@Example.com")
            }
            let results = Parallel.run(16) { scenario.create(accounts[$0]) }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.count { $0 == .taken(.email) } == 15)
        }
    }

    @Test(arguments: PortsBackend.available)
    func `a thousand identifiers are looked up at once`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        let ports = scenario.ports()
        var made: [AccountIdentifier?: AccountID] = [:]
        for number in 0..<200 {
            let account = try scenario.person("p\(number)@example.com", phone: "+3361234\(1_000 + number)")
            try ports.accounts.create(account, beginning: try scenario.session())
            for identifier in account.identifiers { made[identifier] = account.id }
        }
        let emails = try (0..<798).map { Address.email(try #require(EmailAddress("P\($0)@example.com"))) }
        let phones = try (0..<200).map { Address.phone(try #require(PhoneNumber("+3361234\(1_100 + $0)"))) }
        // Something that is no address, and one that is asked for twice.
        let asked: [Address?] = emails + [nil] + phones + [emails[0]]
        let clock = ContinuousClock()
        var found: [FoundAccount?] = []
        let time = try clock.measure { found = try ports.accounts.accounts(asked, in: scenario.realm) }
        #expect(found.count == 1_000)
        #expect(found.count { $0 != nil } == 301)
        #expect(zip(asked, found).allSatisfy { made[$0?.identifier] == $1?.id })
        #expect(backend == .memory || time < .seconds(1), "\(time)")
        #expect(try ports.accounts.accounts(asked, in: try #require(Realm("codes"))).allSatisfy { $0 == nil })
        #expect(try ports.accounts.accounts([], in: scenario.realm).isEmpty)
    }

    @Test(arguments: PortsBackend.available)
    func `a code makes an account whose address is proven, once`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "codes")
        try scenario.ask(.verification, "ada@example.com")
        let (account, session) = (try scenario.person("ada@example.com"), try scenario.session())
        #expect(
            scenario.redeem(.verification, "ada@example.com", "000000", .account(account, session)) == .wrongCode)
        #expect(scenario.redeem(.verification, "ada@example.com", "123456", .account(account, session)) == nil)
        let found = try scenario.ports().sessions.login(
            session.digest, in: scenario.realm, idle: Self.idle, at: scenario.now)
        #expect(found?.account.id == account.id)
        #expect(found?.account.proven == [.email])
        let again = Redemption.account(try scenario.person("ada@example.com"), try scenario.session())
        #expect(scenario.redeem(.verification, "ada@example.com", "123456", again) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a code for an account that cannot be made stays good`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "codes")
        try scenario.ask(.verification, "ada@example.com")
        #expect(scenario.create(try scenario.person("ada@example.com")) == nil)
        for _ in 1...7 {
            let account = Redemption.account(try scenario.person("ada@example.com"), try scenario.session())
            #expect(scenario.redeem(.verification, "ada@example.com", "123456", account) == .taken(.email))
        }
    }

    @Test(arguments: PortsBackend.available)
    func `of 16 parallel sign-ups with one code one makes an account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "codes")
        try scenario.ask(.verification, "ada@example.com")
        let accounts = try (0..<16).map { _ in
            Redemption.account(try scenario.person("ada@example.com"), try scenario.session())
        }
        let results = Parallel.run(16) {
            scenario.redeem(.verification, "ada@example.com", "123456", accounts[$0])
        }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .noChallenge } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `a code gives one grant, and that sets one password and ends all sessions`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        let (account, login) = (try scenario.person("ada@example.com"), try scenario.session())
        let ports = scenario.ports()
        try ports.accounts.create(account, beginning: login)
        try scenario.ask(.passwordReset, "ada@example.com")
        let grants = try (0..<16).map { _ in try scenario.session(lasting: .seconds(900)) }
        let results = Parallel.run(16) {
            scenario.redeem(.passwordReset, "ada@example.com", "123456", .grant(account.id, grants[$0]))
        }
        #expect(results.count { $0 == nil } == 1)
        let live = grants.filter { grant in
            (try? ports.accounts.holder(ofGrant: grant.digest, in: scenario.realm, at: scenario.now)) != nil
        }
        let grant = try #require(live.first?.digest)
        #expect(live.count == 1)
        #expect(try ports.sessions.login(grant, in: scenario.realm, idle: Self.idle, at: scenario.now) == nil)
        let set = Parallel.run(16) { number in
            (try? scenario.ports().accounts.setPassword(
                PasswordHash(phc: "$cheap$1$\(number)"), byGrant: grant, in: scenario.realm, at: scenario.now)) != nil
        }
        #expect(set.count { $0 } == 1)
        #expect(try ports.sessions.login(login.digest, in: scenario.realm, idle: Self.idle, at: scenario.now) == nil)
        #expect(throws: AuthError.noGrant) {
            try ports.accounts.holder(ofGrant: grant, in: scenario.realm, at: scenario.now)
        }
    }

    @Test(arguments: PortsBackend.available)
    func `a grant is over at its time and belongs to its realm`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        let account = try scenario.person("ada@example.com")
        #expect(scenario.create(account) == nil)
        try scenario.ask(.passwordReset, "ada@example.com")
        let grant = try scenario.session(lasting: .seconds(900))
        #expect(
            scenario.redeem(.passwordReset, "ada@example.com", "123456", .grant(account.id, grant)) == nil)
        let accounts = scenario.ports().accounts
        let last = scenario.now + .seconds(900) - .microseconds(1)
        #expect(try accounts.holder(ofGrant: grant.digest, in: scenario.realm, at: last).id == account.id)
        #expect(throws: AuthError.noGrant) {
            try accounts.holder(ofGrant: grant.digest, in: scenario.realm, at: scenario.now + .seconds(900))
        }
        #expect(throws: AuthError.noGrant) {
            try accounts.holder(ofGrant: grant.digest, in: try #require(Realm("codes")), at: scenario.now)
        }
    }

    @Test(arguments: PortsBackend.available)
    func `what was nobody's code brings nothing about`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        try scenario.ask(.passwordReset, "ada@example.com", for: .nobody)
        #expect(scenario.redeem(.passwordReset, "ada@example.com", "000000", .nothing) == .wrongCode)
        #expect(scenario.redeem(.passwordReset, "ada@example.com", "123456", .nothing) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a code counts as asked for until it is used, expired or not`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "codes")
        func wasAsked(_ purpose: Purpose, _ email: String) throws -> Bool {
            let address = Address.email(try #require(EmailAddress(email)))
            return try scenario.ports().challenges.wasAsked(for: purpose, of: address, in: scenario.realm)
        }
        #expect(try !wasAsked(.verification, "ada@example.com"))
        try scenario.ask(.verification, "ada@example.com")
        #expect(try wasAsked(.verification, "ADA@example.com"))
        #expect(try !wasAsked(.passwordReset, "ada@example.com"))
        #expect(try !wasAsked(.verification, "bob@example.com"))
        var late = scenario
        late.now = late.now + .seconds(600)
        let account = Redemption.account(try scenario.person("ada@example.com"), try scenario.session())
        #expect(late.redeem(.verification, "ada@example.com", "123456", account) == .noChallenge)
        #expect(try wasAsked(.verification, "ada@example.com"))
        #expect(scenario.redeem(.verification, "ada@example.com", "123456", account) == nil)
        #expect(try !wasAsked(.verification, "ada@example.com"))
    }

    @Test(arguments: PortsBackend.available)
    func `calls are counted by account and minute, whatever comes in parallel`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "contacts")
        let first = AccountID(at: scenario.now, random: try scenario.random.octets(8))
        let second = AccountID(at: scenario.now, random: try scenario.random.octets(8))
        let (minute, now): (Duration, Timestamp) = (.seconds(60), scenario.now)
        @Sendable func refusal(_ account: AccountID, at moment: Timestamp) -> AuthError? {
            do throws(AuthError) {
                try scenario.ports().sessions.count(
                    .findAccounts, by: account, limit: 20, window: minute, at: moment)
                return nil
            } catch {
                return error
            }
        }
        let results = Parallel.run(32) { _ in refusal(first, at: now) }
        #expect(results.count { $0 == nil } == 20)
        #expect(results.count { $0 == .tooManyRequests(retryAfter: minute) } == 12)
        #expect(refusal(first, at: now + .seconds(59)) == .tooManyRequests(retryAfter: .seconds(1)))
        #expect(refusal(second, at: now) == nil)
        #expect(refusal(first, at: now + minute) == nil)
    }
}
