import AuthDomain
import AuthTestSupport
import Testing

/// What every `AccountStore` promises of grants to set a new password.
@Suite struct ResetGrantContractTests {
    private static let changed = PasswordHash(phc: "$cheap$1$ff")

    /// A scenario with an account.
    private func house(_ backend: PortsBackend) throws -> (Scenario, NewAccount) {
        let scenario = try Scenario(backend)
        let account = try scenario.member()
        try #require(scenario.join(account, beginning: try scenario.session()) == nil)
        return (scenario, account)
    }

    private func offer(_ scenario: Scenario, _ account: AccountID?) throws -> SessionDigest {
        let grant = try scenario.session()
        try scenario.ports().accounts.offer(
            ResetOffer(
                account: account, grant: grant, address: try scenario.address(), link: "https://a.example/x",
                policy: scenario.policy))
        return grant.digest
    }

    private func holder(_ grant: SessionDigest, _ scenario: Scenario, in realm: Realm? = nil) -> AccountID? {
        try? scenario.ports().accounts.holder(ofGrant: grant, in: realm ?? scenario.realm, at: scenario.now).id
    }

    /// Why setting the password is refused; nil when it is set.
    private func set(_ grant: SessionDigest, _ scenario: Scenario, in realm: Realm? = nil) -> AuthError? {
        do throws(AuthError) {
            try scenario.ports().accounts.setPassword(
                Self.changed, byGrant: grant, in: realm ?? scenario.realm, at: scenario.now)
            return nil
        } catch {
            return error
        }
    }

    private func credentials(_ scenario: Scenario) throws -> Credentials {
        let email = try scenario.address().identifier
        return try #require(try scenario.ports().accounts.credentials(of: email, in: scenario.realm))
    }

    private func logIn(_ scenario: Scenario) throws -> SessionDigest {
        let session = try scenario.session()
        try scenario.ports().sessions.begin(session, for: try credentials(scenario), replacing: nil, limit: 50)
        return session.digest
    }

    @Test(arguments: PortsBackend.available)
    func `a grant sets the password of whose it is, once`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let grant = try offer(scenario, account.id)
        #expect(holder(grant, scenario) == account.id)
        #expect(holder(grant, scenario) == account.id, "looking does not use it up")
        #expect(set(grant, scenario) == nil)
        #expect(try credentials(scenario).password == Self.changed)
        #expect(holder(grant, scenario) == nil)
        #expect(set(grant, scenario) == .noGrant)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel calls with one grant set one password`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let grant = try offer(scenario, account.id)
        let results = Parallel.run(16) { number -> AuthError? in
            do throws(AuthError) {
                try scenario.ports().accounts.setPassword(
                    PasswordHash(phc: "$cheap$1$\(number)"), byGrant: grant, in: scenario.realm, at: scenario.now)
                return nil
            } catch {
                return error
            }
        }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .noGrant } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `a new password ends every session and their refresh tokens`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let (first, second) = (try logIn(scenario), try logIn(scenario))
        #expect(scenario.refresh(first, 0) == .success(1))
        let old = try credentials(scenario)
        #expect(set(try offer(scenario, account.id), scenario) == nil)
        for session in [first, second] { #expect(try !scenario.isLive(session)) }
        #expect(scenario.refresh(first, 0) == .failure(.noSession))
        #expect(scenario.refresh(first, 1) == .failure(.noSession))
        #expect(throws: AuthError.wrongCredentials) {
            try scenario.ports().sessions.begin(try scenario.session(), for: old, replacing: nil, limit: 50)
        }
        #expect(try scenario.isLive(try logIn(scenario)))
    }

    @Test(arguments: PortsBackend.available)
    func `after a new password no client is known`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let clients = try scenario.remember(account.id)
        let grant = try offer(scenario, account.id)
        #expect(try scenario.known(of: clients, as: account.id) == clients)
        #expect(set(grant, scenario) == nil)
        #expect(try scenario.known(of: clients, as: account.id).isEmpty)
    }

    @Test(arguments: PortsBackend.available)
    func `logins that race a new password are over with it or begin by it`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let grant = try offer(scenario, account.id)
        let old = try credentials(scenario)
        let sessions = try (0..<16).map { _ in try scenario.session() }
        _ = Parallel.run(17) { number in
            if number == 16 {
                _ = set(grant, scenario)
            } else {
                try? scenario.ports().sessions.begin(sessions[number], for: old, replacing: nil, limit: 50)
            }
        }
        #expect(try credentials(scenario).password == Self.changed)
        #expect(try sessions.count { try scenario.isLive($0.digest) } == 0)
    }

    @Test(arguments: PortsBackend.available)
    func `a grant is good until its time is over and not for a microsecond more`(backend: PortsBackend) throws {
        var (scenario, account) = try house(backend)
        let grant = try offer(scenario, account.id)
        scenario.now = scenario.now + .seconds(3_600) - .microseconds(1)
        #expect(holder(grant, scenario) == account.id)
        var late = scenario
        late.now = late.now + .microseconds(1)
        #expect(holder(grant, late) == nil)
        #expect(set(grant, late) == .noGrant)
        #expect(set(grant, scenario) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a newer grant takes the place of the one before`(backend: PortsBackend) throws {
        var (scenario, account) = try house(backend)
        let old = try offer(scenario, account.id)
        scenario.now = scenario.now + .seconds(60)
        let new = try offer(scenario, account.id)
        #expect(holder(old, scenario) == nil)
        #expect(set(old, scenario) == .noGrant)
        #expect(set(new, scenario) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a second link has to wait, and the first one stays good`(backend: PortsBackend) throws {
        var (scenario, account) = try house(backend)
        let grant = try offer(scenario, account.id)
        scenario.now = scenario.now + .seconds(20)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(40))) { try offer(scenario, account.id) }
        scenario.now = scenario.now + .seconds(40) - .microseconds(1)
        #expect(throws: AuthError.self) { try offer(scenario, account.id) }
        #expect(holder(grant, scenario) == account.id)
        scenario.now = scenario.now + .microseconds(1)
        #expect(holder(try offer(scenario, account.id), scenario) == account.id)
    }

    @Test(arguments: PortsBackend.available)
    func `links count among the messages of an hour, for somebody and nobody alike`(backend: PortsBackend) throws {
        var (scenario, account) = try house(backend)
        for known in [account.id, nil] {
            scenario.now = scenario.now + .seconds(7_200)
            for _ in 1...5 {
                _ = try offer(scenario, known)
                scenario.now = scenario.now + .seconds(60)
            }
            #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(3_300))) { try offer(scenario, known) }
        }
    }

    @Test(arguments: PortsBackend.available)
    func `of 16 parallel requests for links one is sent`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let results = Parallel.run(16) { _ in (try? offer(scenario, account.id)) != nil }
        #expect(results.count { $0 } == 1)
    }

    @Test(arguments: PortsBackend.available)
    func `a grant for nobody is none`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let grant = try offer(scenario, nil)
        #expect(holder(grant, scenario) == nil)
        #expect(set(grant, scenario) == .noGrant)
    }

    @Test(arguments: PortsBackend.available)
    func `a grant is worth nothing in another realm, and is no login`(backend: PortsBackend) throws {
        let (scenario, account) = try house(backend)
        let (grant, login) = (try offer(scenario, account.id), try logIn(scenario))
        let other = try #require(Realm("captains"))
        #expect(holder(grant, scenario, in: other) == nil)
        #expect(set(grant, scenario, in: other) == .noGrant)
        #expect(try !scenario.isLive(grant))
        #expect(scenario.refresh(grant, 0) == .failure(.noSession))
        #expect(holder(login, scenario) == nil)
        #expect(set(login, scenario) == .noGrant)
        #expect(try scenario.isLive(login))
        #expect(set(grant, scenario) == nil)
    }
}
