import AuthDomain
import AuthTestSupport
import Testing

/// What every `SessionStore` promises of refresh tokens.
@Suite struct RefreshContractTests {
    /// A scenario with an account and the session of its login, which lasts an hour.
    private func house(_ backend: PortsBackend) throws -> (Scenario, SessionDigest) {
        let scenario = try Scenario(backend)
        let session = try scenario.session()
        try #require(scenario.join(try scenario.member(), beginning: session) == nil)
        return (scenario, session.digest)
    }

    @Test(arguments: PortsBackend.available)
    func `a refresh token gives way to the next one`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        for generation in 0..<5 { #expect(scenario.refresh(session, generation) == .success(generation + 1)) }
        #expect(try scenario.isLive(session))
    }

    @Test(arguments: PortsBackend.available)
    func `20 parallel refreshes with one token give one successor`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        let results = Parallel.run(20) { _ in scenario.refresh(session, 0) }
        #expect(results == Array(repeating: .success(1), count: 20))
        #expect(scenario.refresh(session, 1) == .success(2))
    }

    @Test(arguments: PortsBackend.available)
    func `a lost answer can be asked for again for 30 seconds, and then the session ends`(
        backend: PortsBackend
    ) throws {
        var (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        scenario.now = scenario.now + .seconds(30) - .microseconds(1)
        #expect(scenario.refresh(session, 0) == .success(1))
        #expect(try scenario.isLive(session))
        scenario.now = scenario.now + .microseconds(1)
        #expect(scenario.refresh(session, 0) == .failure(.noSession))
        #expect(try !scenario.isLive(session))
        #expect(scenario.refresh(session, 1) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `asking again does not make the 30 seconds longer`(backend: PortsBackend) throws {
        var (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        for _ in 1...2 {
            scenario.now = scenario.now + .seconds(14)
            #expect(scenario.refresh(session, 0) == .success(1))
        }
        scenario.now = scenario.now + .seconds(2)
        #expect(scenario.refresh(session, 0) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `a token older than the last ends the session at any time`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        #expect(scenario.refresh(session, 1) == .success(2))
        #expect(scenario.refresh(session, 0) == .failure(.noSession))
        #expect(try !scenario.isLive(session))
        #expect(scenario.refresh(session, 2) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `an old token ends the session whatever 16 parallel calls with the new one do`(
        backend: PortsBackend
    ) throws {
        let (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        #expect(scenario.refresh(session, 1) == .success(2))
        _ = Parallel.run(17) { scenario.refresh(session, $0 == 0 ? 0 : 2) }
        #expect(try !scenario.isLive(session))
        #expect(scenario.refresh(session, 3) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `a session is good until its time is over, and a refresh gives it more`(backend: PortsBackend) throws {
        var (scenario, session) = try house(backend)
        scenario.now = scenario.now + .seconds(3_600) - .microseconds(1)
        #expect(scenario.refresh(session, 0, lasting: .seconds(100)) == .success(1))
        scenario.now = scenario.now + .seconds(100) - .microseconds(1)
        #expect(try scenario.isLive(session))
        scenario.now = scenario.now + .microseconds(1)
        #expect(try !scenario.isLive(session))
        #expect(scenario.refresh(session, 1) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `a number that was never issued, and another realm, change nothing`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        #expect(scenario.refresh(session, 7) == .failure(.noSession))
        let other: Realm = try #require(Realm("captains"))
        #expect(scenario.refresh(session, 0, in: other) == .failure(.noSession))
        #expect(scenario.refresh(try scenario.digest(), 0) == .failure(.noSession))
        #expect(try scenario.isLive(session))
        #expect(scenario.refresh(session, 1) == .success(2))
    }

    @Test(arguments: PortsBackend.available)
    func `an ended session is refreshed no more, not even within the 30 seconds`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        #expect(scenario.refresh(session, 0) == .success(1))
        #expect(
            try scenario.ports().sessions.end(session, in: scenario.realm, idle: .seconds(60), at: scenario.now))
        #expect(scenario.refresh(session, 0) == .failure(.noSession))
        #expect(scenario.refresh(session, 1) == .failure(.noSession))
    }

    @Test(arguments: PortsBackend.available)
    func `a logout among 16 parallel refreshes ends the session for good`(backend: PortsBackend) throws {
        let (scenario, session) = try house(backend)
        let ended = Parallel.run(17) { number -> Bool in
            guard number == 16 else {
                _ = scenario.refresh(session, 0)
                return false
            }
            let isEnded = try? scenario.ports().sessions.end(
                session, in: scenario.realm, idle: .seconds(60), at: scenario.now)
            return isEnded == true
        }
        #expect(ended.count { $0 } == 1)
        #expect(try !scenario.isLive(session))
        for generation in 0...1 { #expect(scenario.refresh(session, generation) == .failure(.noSession)) }
    }

    @Test(arguments: PortsBackend.available)
    func `a registration session has no refresh token`(backend: PortsBackend) throws {
        let (scenario, _) = try house(backend)
        let registration = try scenario.ask("+33612345679", code: "123456")
        #expect(scenario.refresh(registration, 0) == .failure(.noSession))
    }
}
