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

    private func question(_ digest: SessionDigest, _ scenario: Scenario) -> LoginQuestion {
        LoginQuestion(digest: digest, realm: scenario.realm, idle: Self.idle, now: scenario.now)
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
        try scenario.ports().sessions.touch([used], at: scenario.now)
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
        try scenario.ports().sessions.touch([digest], at: scenario.now)
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

    @Test(arguments: PortsBackend.available, [1, 2, 9, 16])
    func `questions that are asked together have each its own answer`(backend: PortsBackend, count: Int) throws {
        var (scenario, credentials) = try house(backend)
        let began = scenario.now
        var digests: [SessionDigest] = []
        for number in 0..<count {
            scenario.now = began + .seconds(number)
            digests.append(try begin(scenario, credentials))
        }
        let sessions = scenario.ports().sessions
        for number in digests.indices where number % 3 == 1 {
            #expect(try sessions.end(digests[number], in: scenario.realm, idle: Self.idle, at: scenario.now))
        }
        // In another order than they were made in, and one twice.
        let order = Array(digests.indices.reversed().dropLast(count > 1 ? 1 : 0)) + [count - 1]
        let answers = sessions.logins(order.map { question(digests[$0], scenario) })
        #expect(try answers.map { try $0.get()?.digest } == order.map { $0 % 3 == 1 ? nil : digests[$0] })
        #expect(
            try answers.compactMap { try $0.get()?.created }
                == order.filter { $0 % 3 != 1 }.map { began + .seconds($0) })
        let elsewhere = try #require(Realm("elsewhere"))
        let others = digests.map {
            LoginQuestion(digest: $0, realm: elsewhere, idle: Self.idle, now: scenario.now)
        }
        #expect(try sessions.logins(others).allSatisfy { try $0.get() == nil })
        #expect(sessions.logins([]).isEmpty)
    }

    @Test(arguments: PortsBackend.available)
    func `what is asked together is judged at the latest moment of all`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let digests = try (0..<3).map { _ in try begin(scenario, credentials) }
        let moments = [scenario.now, scenario.now + Self.idle, scenario.now + .seconds(1)]
        let answers = scenario.ports().sessions.logins(
            zip(digests, moments).map { digest, now in
                LoginQuestion(digest: digest, realm: scenario.realm, idle: Self.idle, now: now)
            })
        #expect(try answers.allSatisfy { try $0.get() == nil })
    }

    @Test(arguments: PortsBackend.available, [2, 16])
    func `that sessions were used is written down for all at once, and for no other`(
        backend: PortsBackend, count: Int
    ) throws {
        let (scenario, credentials) = try house(backend)
        let (used, other) = (
            try (0..<count).map { _ in try begin(scenario, credentials) }, try begin(scenario, credentials)
        )
        let sessions = scenario.ports().sessions
        try sessions.touch([used[0]], at: scenario.now + .seconds(9))
        try sessions.touch(used, at: scenario.now + .seconds(5))
        func seen(_ digest: SessionDigest) throws -> Timestamp? { try sessions.login(question(digest, scenario))?.seen }
        #expect(try seen(used[0]) == scenario.now + .seconds(9), "no use makes an older one of a later one")
        #expect(try used.dropFirst().allSatisfy { try seen($0) == scenario.now + .seconds(5) })
        #expect(try seen(other) == scenario.now)
    }

    @Test(arguments: PortsBackend.available)
    func `uses that are written down at once, in any order, are all written down`(backend: PortsBackend) throws {
        let (scenario, credentials) = try house(backend)
        let digests = try (0..<16).map { _ in try begin(scenario, credentials) }
        let failed = Parallel.run(8) { number -> Int in
            let sessions = scenario.ports().sessions
            return (1...40).count { round in
                let order = number % 2 == 0 ? digests : digests.reversed()
                return (try? sessions.touch(order, at: scenario.now + .seconds(number + 8 * round))) == nil
            }
        }
        #expect(failed == [Int](repeating: 0, count: 8))
        let sessions = scenario.ports().sessions
        #expect(
            try digests.allSatisfy {
                try sessions.login(question($0, scenario))?.seen == scenario.now + .seconds(7 + 320)
            })
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
                let found = ports.sessions.logins([question(ending[number], scenario), question(kept, scenario)])
                return (try? found.map { try $0.get()?.digest }) != [nil, kept]
            }
        }
        #expect(late == [Int](repeating: 0, count: 16))
    }
}
