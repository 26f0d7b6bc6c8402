import AuthDomain
import AuthTestSupport
import Testing

/// What every `RateLimiter` promises.
@Suite struct RateLimiterContractTests {
    private static let rate = Rate(5, in: .seconds(60))

    private func budget(_ subject: String, _ name: Budget.Name = .failedLogins) -> Budget {
        Budget(name, of: subject, Self.rate)
    }

    /// Whether one event is let through.
    private func passes(_ scenario: Scenario, _ budgets: [Budget]) -> Bool {
        (try? scenario.ports().limits.take(budgets, at: scenario.now)) != nil
    }

    @Test(arguments: PortsBackend.available)
    func `a budget is used up by as many events as it has, until its window ends`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        for _ in 1...5 { #expect(passes(scenario, [budget("a")])) }
        scenario.now = scenario.now + .seconds(20)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(40))) {
            try scenario.ports().limits.take([budget("a")], at: scenario.now)
        }
        #expect(passes(scenario, [budget("b")]))
        #expect(passes(scenario, [budget("a", .clientFailedLogins)]))
        scenario.now = scenario.now + .seconds(40)
        #expect(passes(scenario, [budget("a")]))
    }

    @Test(arguments: PortsBackend.available)
    func `an event that one budget refuses is counted in none`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        for _ in 1...5 { #expect(passes(scenario, [budget("full")])) }
        for _ in 1...9 { #expect(!passes(scenario, [budget("other"), budget("full")])) }
        for _ in 1...5 { #expect(passes(scenario, [budget("other")])) }
        #expect(!passes(scenario, [budget("other")]))
    }

    @Test(arguments: PortsBackend.available)
    func `what is given back can be taken again`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        for _ in 1...20 {
            #expect(passes(scenario, [budget("a"), budget("b")]))
            try scenario.ports().limits.giveBack([budget("a"), budget("b")], forgetting: [])
        }
    }

    @Test(arguments: PortsBackend.available)
    func `of 40 parallel events exactly as many pass as the budget has`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let results = Parallel.run(40) { _ in passes(scenario, [budget("a"), budget("b")]) }
        #expect(results.count { $0 } == 5)
    }

    @Test(arguments: PortsBackend.available)
    func `a client is remembered for its account and for so long`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let account = try scenario.account("Ada").id
        let client = try #require(ClientAddress(octets: [192, 0, 2, 1]))
        let other = try #require(ClientAddress(octets: [192, 0, 2, 2]))
        let limits = scenario.ports().limits
        #expect(try limits.knows(client, as: account, at: scenario.now) == nil)
        try limits.remember(KnownClient(client, as: account, until: scenario.now + .seconds(10)))
        #expect(try limits.knows(client, as: account, at: scenario.now) == scenario.now + .seconds(10))
        #expect(try limits.knows(other, as: account, at: scenario.now) == nil)
        #expect(try limits.knows(client, as: try scenario.account("Bob").id, at: scenario.now) == nil)
        #expect(try limits.knows(client, as: account, at: scenario.now + .seconds(10)) == nil)
    }
}
