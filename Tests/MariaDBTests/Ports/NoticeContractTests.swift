import AuthDomain
import AuthTestSupport
import Testing

/// What every store promises of notices, of shadows, and of codes that nobody gets.
@Suite struct NoticeContractTests {
    private func house(_ backend: PortsBackend) throws -> (Scenario, NewAccount, Credentials) {
        let scenario = try Scenario(backend)
        let account = try scenario.member()
        try #require(scenario.join(account, beginning: try scenario.session()) == nil)
        let email = try scenario.address().identifier
        let credentials = try scenario.ports().accounts.credentials(of: email, in: scenario.realm)
        return (scenario, account, try #require(credentials))
    }

    private func notice(_ scenario: Scenario) throws -> Message {
        Message(
            realm: scenario.realm, address: try scenario.address(),
            content: .notice(
                Notice(kind: .newDevice, moment: scenario.now, client: "192.0.2.7", link: "https://a.example/x")),
            created: scenario.now, expires: scenario.now + .seconds(60))
    }

    /// A login that is told of; its session and the grant that ends it.
    private func logIn(_ scenario: Scenario, _ credentials: Credentials) throws -> (SessionDigest, SessionDigest) {
        let (session, grant) = (try scenario.session(), try scenario.session(lasting: .seconds(600)))
        try scenario.ports().sessions.begin(
            session, for: credentials, replacing: nil, limit: 50,
            telling: LoginNotice(grant: grant, message: try notice(scenario)), settling: Relief())
        return (session.digest, grant.digest)
    }

    /// Why ending by the grant is refused; nil when it is done.
    private func end(_ grant: SessionDigest, _ scenario: Scenario, in realm: Realm? = nil) -> AuthError? {
        do throws(AuthError) {
            try scenario.ports().sessions.end(byGrant: grant, in: realm ?? scenario.realm, at: scenario.now)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: PortsBackend.available)
    func `a grant ends the session that it was given out with, once`(backend: PortsBackend) throws {
        let (scenario, _, credentials) = try house(backend)
        let (first, grant) = try logIn(scenario, credentials)
        let (second, _) = try logIn(scenario, credentials)
        #expect(end(grant, scenario, in: Realm("other")) == .noGrant)
        #expect(end(first, scenario) == .noGrant, "a session is no grant")
        #expect(try scenario.isLive(first) && scenario.isLive(second))
        let results = Parallel.run(8) { _ in end(grant, scenario) }
        #expect(results.filter { $0 == nil }.count == 1)
        #expect(try !scenario.isLive(first) && scenario.isLive(second))
        #expect(try !scenario.isLive(grant))
    }

    @Test(arguments: PortsBackend.available)
    func `a grant is over in time, and with everything of the account`(backend: PortsBackend) throws {
        var (scenario, account, credentials) = try house(backend)
        let (session, grant) = try logIn(scenario, credentials)
        scenario.now = scenario.now + .seconds(600)
        #expect(end(grant, scenario) == .noGrant)
        #expect(try scenario.isLive(session))
        let (_, second) = try logIn(scenario, credentials)
        try scenario.ask(.passwordReset, Scenario.email)
        let changed = PasswordHash(phc: "$cheap$1$ff")
        let redemption = Redemption.password(account.id, changed, telling: try notice(scenario))
        #expect(scenario.redeem(.passwordReset, Scenario.email, "123456", redemption) == nil)
        #expect(end(second, scenario) == .noGrant)
    }

    @Test(arguments: PortsBackend.available)
    func `a login that is refused tells nothing and gives no grant`(backend: PortsBackend) throws {
        let (scenario, _, credentials) = try house(backend)
        let old = Credentials(account: credentials.account, password: PasswordHash(phc: "$cheap$1$ee"))
        #expect(throws: AuthError.wrongCredentials) { try logIn(scenario, old) }
    }

    @Test(arguments: PortsBackend.available)
    func `shadows are in nobody's way, and known by their sessions alone`(backend: PortsBackend) throws {
        let (scenario, account, _) = try house(backend)
        for _ in 1...2 {
            let shadow = try scenario.member(phone: "+33612345678").shadow
            let session = try scenario.session()
            try scenario.ports().accounts.create(
                shadow, beginning: session, telling: try notice(scenario), perHour: 5)
            let found = try scenario.ports().sessions.login(
                session.digest, in: scenario.realm, idle: .seconds(600), at: scenario.now)
            #expect(found?.account.id == shadow.id)
            #expect(found?.account.email == shadow.email && found?.account.phone == shadow.phone)
            #expect(try scenario.ports().accounts.exists(shadow.id, in: scenario.realm))
            #expect(scenario.verify(shadow.id) == .noChallenge, "a code for the email is the owner's")
        }
        #expect(try scenario.found()?.id == account.id)
        let phone = Address.phone(try #require(PhoneNumber("+33612345678")))
        #expect(try !scenario.ports().accounts.isTaken(phone.identifier, in: scenario.realm))
        let found = try scenario.ports().accounts.accounts([account.identifiers[0].address, phone], in: scenario.realm)
        #expect(found.map(\.?.id) == [account.id, nil])
    }

    @Test(arguments: PortsBackend.available)
    func `a shadow that waits takes a place and waits for nothing`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let (account, session) = (try scenario.member(), try scenario.session())
        try scenario.ports().challenges.issue(
            try scenario.challenge().withheld(telling: nil), for: .pendingAccount(account.shadow, session))
        let address = try scenario.address()
        #expect(try scenario.ports().accounts.pending(address, in: scenario.realm, at: scenario.now) == nil)
        let registration = try scenario.ports().sessions.registration(
            session.digest, in: scenario.realm, at: scenario.now)
        #expect(registration?.address == address)
        let login = try scenario.session()
        #expect(scenario.redeem(.verification, Scenario.email, "123456", .activation(login)) == .noChallenge)
        #expect(try scenario.found() == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a code that nobody gets was not asked for, until somebody asks`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let (address, challenges) = (try scenario.address(), scenario.ports().challenges)
        let wasAsked = { try challenges.wasAsked(for: .verification, of: address, in: scenario.realm) }
        try challenges.issue(try scenario.challenge(), for: .nobody)
        #expect(try !wasAsked())
        scenario.now = scenario.now + .seconds(60)
        try challenges.issue(try scenario.challenge().withheld(telling: try notice(scenario)), for: .again)
        #expect(try !wasAsked())
        scenario.now = scenario.now + .seconds(60)
        try challenges.issue(try scenario.challenge(), for: .again)
        #expect(try wasAsked())
    }

    @Test(arguments: PortsBackend.available)
    func `calls that are counted apart have an interval and an hour each`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        scenario.policy.messagesPerHour = 2
        let ask = { (asking: Asking, scenario: Scenario) throws -> AuthError? in
            var challenge = try scenario.challenge()
            challenge.asking = asking
            do throws(AuthError) {
                try scenario.ports().challenges.issue(challenge, for: .again)
                return nil
            } catch {
                return error
            }
        }
        #expect(try ask(.signUp, scenario) == nil)
        #expect(try ask(.resend, scenario) == nil)
        #expect(try ask(.resend, scenario) == .tooManyRequests(retryAfter: .seconds(60)))
        scenario.now = scenario.now + .seconds(60)
        // The address has its messages: that is not told, and the code is for nobody.
        #expect(try ask(.resend, scenario) == nil)
        scenario.now = scenario.now + .seconds(60)
        #expect(try ask(.resend, scenario)?.reason == .tooManyRequests)
        #expect(try ask(.signUp, scenario) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a grant proves its address where it shall`(backend: PortsBackend) throws {
        let (scenario, account, _) = try house(backend)
        let accounts = scenario.ports().accounts
        for proves in [false, true] {
            let grant = try scenario.session()
            var policy = scenario.policy
            policy.resendAfter = .zero
            try accounts.offer(
                ResetOffer(
                    account: account.id, grant: grant, address: try scenario.address(), link: "https://a.example/x",
                    policy: policy))
            try accounts.setPassword(
                PasswordHash(phc: "$cheap$1$ff"), byGrant: grant.digest, proves: proves,
                telling: try notice(scenario), in: scenario.realm, at: scenario.now)
            #expect(try scenario.found()?.proven == (proves ? [.email] : []))
        }
    }

    @Test(arguments: PortsBackend.available)
    func `any client that is remembered is known as one`(backend: PortsBackend) throws {
        let (scenario, account, _) = try house(backend)
        let limits = scenario.ports().limits
        let client = try #require(ClientAddress(octets: [192, 0, 2, 7]))
        #expect(try !limits.knowsAny(as: account.id, at: scenario.now))
        try limits.remember(KnownClient(client, as: account.id, until: scenario.now + .seconds(60)))
        #expect(try limits.knowsAny(as: account.id, at: scenario.now))
        #expect(try !limits.knowsAny(as: account.id, at: scenario.now + .seconds(60)))
        #expect(try !limits.knowsAny(as: try scenario.member().id, at: scenario.now))
    }
}
