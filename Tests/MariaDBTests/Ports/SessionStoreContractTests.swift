import AuthDomain
import AuthTestSupport
import Testing

/// What every `SessionStore` promises.
@Suite struct SessionStoreContractTests {
    private static let idle: Duration = .seconds(1_000)

    /// A scenario with one account, and what a login of it is judged by.
    private func house(_ backend: PortsBackend) throws -> (Scenario, Credentials) {
        let scenario = try Scenario(backend)
        let account = try scenario.account("Ada", email: "ada@example.com")
        #expect(scenario.register(account, provenBy: try scenario.proof(of: "+33612345678")) == nil)
        let made = try scenario.ports().accounts.credentials(
            of: .nickname(try #require(account.nickname)), in: scenario.realm)
        return (scenario, try #require(made))
    }

    private func begin(
        _ scenario: Scenario, _ credentials: Credentials, replacing: SessionDigest? = nil, limit: Int = 50
    ) throws -> SessionDigest {
        let session = try scenario.session()
        try scenario.ports().sessions.begin(session, for: credentials, replacing: replacing, limit: limit)
        return session.digest
    }

    private func isLive(_ digest: SessionDigest, _ scenario: Scenario) throws -> Bool {
        try scenario.ports().sessions.login(digest, in: scenario.realm, idle: Self.idle, at: scenario.now) != nil
    }

    @Test(arguments: PortsBackend.available)
    func `a login session tells whose it is`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let digest = try begin(scenario, credentials)
        let found = try scenario.ports().sessions.login(digest, in: scenario.realm, idle: Self.idle, at: scenario.now)
        let session = try #require(found)
        #expect(session.account == credentials.account)
        #expect(session.account.nickname?.typed == "Ada")
        #expect(session.account.phone?.typed == "+33612345678")
        #expect(session.account.email?.typed == "ada@example.com")
        #expect(session.account.profile.displayName?.text == "Ada")
        #expect(session.seen == scenario.now)
    }

    @Test(arguments: PortsBackend.available)
    func `a session is over when idle too long, unless its use is written down`(backend: PortsBackend) throws {
        var (scenario, credentials) = try house(backend)
        let used = try begin(scenario, credentials)
        let idle = try begin(scenario, credentials)
        scenario.now = scenario.now + Self.idle - .microseconds(1)
        try scenario.ports().sessions.touch(used, at: scenario.now)
        #expect(try isLive(idle, scenario))
        scenario.now = scenario.now + .microseconds(1)
        #expect(try isLive(used, scenario))
        #expect(try !isLive(idle, scenario))
        #expect(try scenario.ports().sessions.end(idle, in: scenario.realm, idle: Self.idle, at: scenario.now) == false)
    }

    @Test(arguments: PortsBackend.available)
    func `a session is over at its time, however much it is used`(backend: PortsBackend) throws {
        var (scenario, credentials) = try house(backend)
        let digest = try begin(scenario, credentials)
        scenario.now = scenario.now + .seconds(3_600) - .microseconds(1)
        try scenario.ports().sessions.touch(digest, at: scenario.now)
        #expect(try isLive(digest, scenario))
        scenario.now = scenario.now + .microseconds(1)
        #expect(try !isLive(digest, scenario))
    }

    @Test(arguments: PortsBackend.available)
    func `a session ends once, and only in its realm`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let digest = try begin(scenario, credentials)
        let sessions = scenario.ports().sessions
        let other = try #require(Realm("riders"))
        #expect(try sessions.login(digest, in: other, idle: Self.idle, at: scenario.now) == nil)
        #expect(try sessions.end(digest, in: other, idle: Self.idle, at: scenario.now) == false)
        #expect(try sessions.end(digest, in: scenario.realm, idle: Self.idle, at: scenario.now))
        #expect(try sessions.end(digest, in: scenario.realm, idle: Self.idle, at: scenario.now) == false)
        #expect(try !isLive(digest, scenario))
    }

    @Test(arguments: PortsBackend.available)
    func `a registration session is no login, and a login none for registering`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let login = try begin(scenario, credentials)
        let registration = try scenario.ask("+33612345679", code: "123456")
        let sessions = scenario.ports().sessions
        #expect(try !isLive(registration, scenario))
        #expect(try sessions.end(registration, in: scenario.realm, idle: Self.idle, at: scenario.now) == false)
        #expect(try sessions.registration(login, in: scenario.realm, at: scenario.now) == nil)
        #expect(try sessions.registration(registration, in: scenario.realm, at: scenario.now) != nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a login takes the place of the session that it replaces`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let old = try begin(scenario, credentials)
        let new = try begin(scenario, credentials, replacing: old)
        #expect(try !isLive(old, scenario))
        #expect(try isLive(new, scenario))
    }

    @Test(arguments: PortsBackend.available)
    func `beyond the limit the oldest session ends`(backend: PortsBackend) throws {
        var (scenario, credentials) = try house(backend)
        var digests: [SessionDigest] = []
        for _ in 1...5 {
            scenario.now = scenario.now + .seconds(1)
            digests.append(try begin(scenario, credentials, limit: 3))
        }
        #expect(try digests.map { try isLive($0, scenario) } == [false, false, true, true, true])
    }

    @Test(arguments: PortsBackend.available)
    func `no session begins by a password that was changed meanwhile`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let changed = PasswordHash(phc: "$cheap$1$ff")
        let ports = scenario.ports()
        #expect(try ports.accounts.upgrade(credentials.password, of: credentials.account.id, to: changed))
        #expect(throws: AuthError.wrongCredentials) { try begin(scenario, credentials) }
    }

    @Test(arguments: PortsBackend.available)
    func `threads that look at once find each its own session, and none that is over`(backend: PortsBackend) throws {
        var (scenario, credentials) = try house(backend)
        let began = scenario.now
        var digests: [SessionDigest] = []
        for number in 0..<18 {
            scenario.now = began + .seconds(number)
            digests.append(try begin(scenario, credentials))
        }
        for digest in digests[12...] {
            #expect(
                try scenario.ports().sessions.end(digest, in: scenario.realm, idle: Self.idle, at: scenario.now))
        }
        let other = try #require(Realm("elsewhere"))
        let (shared, all) = (scenario, digests)
        let wrong = Parallel.run(24) { number -> Int in
            let ports = shared.ports()
            let digest = all[number % 18]
            return (0..<60).count { round in
                let isElsewhere = round % 5 == 4
                let found = try? ports.sessions.login(
                    digest, in: isElsewhere ? other : shared.realm, idle: Self.idle, at: shared.now)
                let isThere = number % 18 < 12 && !isElsewhere
                return found?.created != (isThere ? began + .seconds(number % 18) : nil)
            }
        }
        #expect(wrong == [Int](repeating: 0, count: 24))
    }

    @Test(arguments: PortsBackend.available)
    func `a session that has ended is found by nobody who asks afterwards`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let kept = try begin(scenario, credentials)
        let ending = try (0..<8).map { _ in try begin(scenario, credentials) }
        let late = Parallel.run(16) { number -> Int in
            let ports = scenario.ports()
            guard number < 8 else {
                return (0..<60).count { _ in
                    (try? ports.sessions.login(kept, in: scenario.realm, idle: Self.idle, at: scenario.now)) == nil
                }
            }
            let hasEnded = try? ports.sessions.end(
                ending[number], in: scenario.realm, idle: Self.idle, at: scenario.now)
            guard hasEnded == true else { return 60 }
            return (0..<60).count { _ in
                let found = Result { () throws(AuthError) in
                    try ports.sessions.login(ending[number], in: scenario.realm, idle: Self.idle, at: scenario.now)
                }
                return found != .success(nil)
            }
        }
        #expect(late == [Int](repeating: 0, count: 16))
    }
}
