import AuthDomain
import AuthTestSupport
import Testing

/// What is counted and made good together with what it belongs to: all of it or nothing.
@Suite struct SettlingContractTests {
    private static let rate = Rate(3, in: .seconds(60))
    private static let phone = "+33612345678"

    private func budget(_ name: Budget.Name, _ subject: String = "a") -> Budget {
        Budget(name, of: subject, Self.rate)
    }

    /// How many events the budget has left; it is used up after this.
    private func left(_ scenario: Scenario, _ budget: Budget) -> Int {
        (1...9).prefix { _ in (try? scenario.ports().limits.take([budget], at: scenario.now)) != nil }.count
    }

    /// Why a code is refused; nil when it is sent.
    private func ask(_ scenario: Scenario, _ phone: String = Self.phone) -> AuthError? {
        do throws(AuthError) {
            guard let phone = PhoneNumber(phone), let code = OneTimeCode("123456") else { throw .invalid(.phone) }
            let challenge = Challenge(
                purpose: .registration, realm: scenario.realm, address: .phone(phone), code: code,
                issued: scenario.now, policy: scenario.policy)
            try scenario.ports().challenges.issue(challenge, for: .again, counting: [budget(.clientSignUps)])
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: PortsBackend.available)
    func `a code counts in its budgets, and one that is refused in none`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        #expect(ask(scenario) == nil)
        for _ in 1...5 { #expect(ask(scenario) == .tooManyRequests(retryAfter: .seconds(60))) }
        #expect(left(scenario, budget(.clientSignUps)) == 2)
    }

    @Test(arguments: PortsBackend.available)
    func `a code whose budget is used up is not sent`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        #expect(left(scenario, budget(.clientSignUps)) == 3)
        scenario.now = scenario.now + .seconds(20)
        #expect(ask(scenario) == .tooManyRequests(retryAfter: .seconds(40)))
        scenario.now = scenario.now + .seconds(40)
        #expect(ask(scenario) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `of 20 parallel codes for phones of their own as many are sent as their budget has`(
        backend: PortsBackend
    ) throws {
        let scenario = try Scenario(backend)
        let refusals = Parallel.run(20) { number in ask(scenario, "+336123456\(number + 10)") }
        #expect(refusals.count { $0 == nil } == 3)
    }

    @Test(arguments: PortsBackend.available)
    func `a login that begins settles, and one that is refused does not`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let account = try scenario.account("Ada")
        #expect(scenario.register(account, provenBy: try scenario.proof(of: Self.phone)) == nil)
        let limits = scenario.ports().limits
        let client = try #require(ClientAddress(octets: [192, 0, 2, 7]))
        let relief = Relief(
            givenBack: [budget(.clientFailedLogins)], forgotten: [budget(.failedLogins)],
            known: KnownClient(client, as: account.id, until: scenario.now + .seconds(600)))
        for _ in 1...2 { try limits.take(relief.givenBack + relief.forgotten, at: scenario.now) }
        let found = try scenario.ports().accounts.credentials(
            of: .nickname(try #require(account.nickname)), in: scenario.realm)
        let credentials = try #require(found)
        let old = Credentials(account: credentials.account, password: PasswordHash(phc: "$cheap$1$11"))
        #expect(throws: AuthError.wrongCredentials) {
            try scenario.ports().sessions.begin(
                try scenario.session(), for: old, replacing: nil, limit: 9, telling: nil, settling: relief)
        }
        #expect(try limits.knows(client, as: account.id, at: scenario.now) == nil)
        try scenario.ports().sessions.begin(
            try scenario.session(), for: credentials, replacing: nil, limit: 9, telling: nil, settling: relief)
        #expect(try limits.knows(client, as: account.id, at: scenario.now) == scenario.now + .seconds(600))
        #expect(left(scenario, budget(.clientFailedLogins)) == 2)
        #expect(left(scenario, budget(.failedLogins)) == 3)
    }
}
