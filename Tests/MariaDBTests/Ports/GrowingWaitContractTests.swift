import AuthDomain
import AuthTestSupport
import Testing

/// What every `RateLimiter` promises of windows that grow.
@Suite struct GrowingWaitContractTests {
    private static let patient = Rate(5, in: .seconds(60)).growingWithEvents(to: .seconds(600))
    private static let crowded = Rate(5, in: .seconds(60)).growingWhenUsedUp(to: .seconds(600))

    private func budget(_ rate: Rate, _ subject: String = "a") -> Budget { Budget(.failedLogins, of: subject, rate) }

    /// How long to wait after one event; nil when it is let through.
    private func wait(_ scenario: Scenario, _ budgets: [Budget]) -> Duration? {
        do throws(AuthError) {
            try scenario.ports().limits.take(budgets, at: scenario.now)
            return nil
        } catch {
            return error.retryAfter
        }
    }

    /// Uses windows up one after another; the seconds to wait after each.
    private func waits(_ scenario: inout Scenario, _ budget: Budget, windows: Int) -> [Int64] {
        var waits: [Int64] = []
        for _ in 1...windows {
            for _ in 1...5 { #expect(wait(scenario, [budget]) == nil) }
            let rest = wait(scenario, [budget]) ?? .zero
            waits.append(rest.components.seconds)
            scenario.now = scenario.now + rest
        }
        return waits
    }

    @Test(arguments: PortsBackend.available, [patient, crowded])
    func `each window that is used up doubles the next, up to the longest`(
        backend: PortsBackend, rate: Rate
    ) throws {
        var scenario = try Scenario(backend)
        #expect(waits(&scenario, budget(rate), windows: 6) == [60, 120, 240, 480, 600, 600])
    }

    @Test(arguments: PortsBackend.available)
    func `events that use no window up add up where patience shall not pay`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        for _ in 1...3 {
            for _ in 1...4 { #expect(wait(scenario, [budget(Self.patient)]) == nil) }
            scenario.now = scenario.now + .seconds(130)
        }
        // Twelve before: the third window is four times as long as the first.
        for _ in 1...5 { #expect(wait(scenario, [budget(Self.patient)]) == nil) }
        #expect(wait(scenario, [budget(Self.patient)]) == .seconds(240))
    }

    @Test(arguments: PortsBackend.available)
    func `a window that is not used up ends the growth where many are one`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        #expect(waits(&scenario, budget(Self.crowded), windows: 3) == [60, 120, 240])
        for _ in 1...4 { #expect(wait(scenario, [budget(Self.crowded)]) == nil) }
        scenario.now = scenario.now + .seconds(480)
        #expect(waits(&scenario, budget(Self.crowded), windows: 1) == [60])
    }

    @Test(arguments: PortsBackend.available, [patient, crowded])
    func `a quiet time makes windows short again, and not a moment sooner`(
        backend: PortsBackend, rate: Rate
    ) throws {
        var scenario = try Scenario(backend)
        #expect(waits(&scenario, budget(rate), windows: 3) == [60, 120, 240])
        var early = scenario
        early.now = early.now + .seconds(600) - .microseconds(1)
        #expect(waits(&early, budget(rate), windows: 1) == [480])
        early.now = early.now + .seconds(600)
        #expect(waits(&early, budget(rate), windows: 1) == [60])
    }

    @Test(arguments: PortsBackend.available)
    func `what is forgotten has never been`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        #expect(waits(&scenario, budget(Self.patient), windows: 2) == [60, 120])
        #expect(wait(scenario, [budget(Self.patient), budget(Self.crowded, "client")]) == nil)
        try scenario.ports().limits.giveBack(
            [budget(Self.crowded, "client")], forgetting: [budget(Self.patient)])
        scenario.now = scenario.now + .seconds(600)
        #expect(waits(&scenario, budget(Self.patient), windows: 1) == [60])
    }

    @Test(arguments: PortsBackend.available)
    func `the wait is until the last of the budgets has something again`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let (short, long) = (budget(Rate(1, in: .seconds(10)), "short"), budget(Rate(1, in: .seconds(90)), "long"))
        #expect(wait(scenario, [short, long]) == nil)
        scenario.now = scenario.now + .seconds(4)
        #expect(wait(scenario, [short, long]) == .seconds(86))
        #expect(wait(scenario, [long, short]) == .seconds(86))
        scenario.now = scenario.now + .seconds(86)
        #expect(wait(scenario, [short, long]) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `of 40 parallel events that begin a longer window as many pass as it has, and it doubles once`(
        backend: PortsBackend
    ) throws {
        var scenario = try Scenario(backend)
        #expect(waits(&scenario, budget(Self.patient), windows: 2) == [60, 120])
        let racing = scenario
        let results = Parallel.run(40) { _ in wait(racing, [budget(Self.patient)]) }
        #expect(results.count { $0 == nil } == 5)
        #expect(Set(results.compactMap(\.self)) == [.seconds(240)])
    }
}
