import AuthDomain
import AuthTestSupport
import Testing

/// What every `ChallengeStore` promises of accounts that are made first and proven later.
@Suite struct EmailProofContractTests {
    @Test(arguments: PortsBackend.available)
    func `an account is made with its code, its owner logged in and nothing proven`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "captains")
        let vehicle = Vehicle(
            color: try #require(DisplayName("Black")), plate: try #require(DisplayName("ABC-123")), capacity: 4,
            kind: .auto)
        let profile = Profile(
            firstName: DisplayName("Ada"), lastName: DisplayName("Lovelace"), displayName: nil, vehicle: vehicle)
        let account = try scenario.member("Ada@Example.com", phone: "+1 (234) 567-8900", profile: profile)
        let session = try scenario.session()
        #expect(scenario.join(account, beginning: session) == nil)
        let login = try #require(
            try scenario.ports().sessions.login(
                session.digest, in: scenario.realm, idle: .seconds(60), at: scenario.now))
        #expect(login.account.id == account.id)
        #expect(login.account.profile == profile)
        #expect(login.account.email?.typed == "Ada@Example.com")
        #expect(login.account.phone?.typed == "+1 (234) 567-8900")
        #expect(login.account.proven == [])
        #expect(try scenario.found() == login.account)
    }

    @Test(arguments: PortsBackend.available)
    func `what another account has is refused, and nothing comes of it`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        #expect(
            scenario.join(try scenario.member(phone: "+33612345678"), beginning: try scenario.session()) == nil)
        scenario.now = scenario.now + .seconds(60)
        let session = try scenario.session()
        #expect(scenario.join(try scenario.member("ADA@example.com"), beginning: session) == .taken(.email))
        let other = try scenario.member("bob@example.com", phone: "0033612345678")
        #expect(scenario.join(other, beginning: session) == .taken(.phone))
        #expect(try !scenario.isLive(session.digest))
        #expect(try scenario.found("bob@example.com") == nil)
        let bob = try scenario.address("bob@example.com")
        #expect(try scenario.ports().challenges.wasAsked(for: .verification, of: bob, in: scenario.realm) == false)
        #expect(scenario.join(try scenario.member("bob@example.com"), beginning: session) == nil)
        #expect(scenario.verify(try #require(try scenario.found()).id) == nil, "the first code stays good")
    }

    @Test(arguments: PortsBackend.available)
    func `one email is an account of its own in every realm`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "riders")
        let account = try scenario.member(phone: "+33612345678")
        #expect(scenario.join(account, beginning: try scenario.session()) == nil)
        let other = try #require(Realm("captains"))
        #expect(try scenario.ports().accounts.account(try scenario.address().identifier, in: other) == nil)
        #expect(scenario.verify(account.id, in: other) == .noChallenge)
        #expect(scenario.verify(account.id) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel registrations of one email make one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let attempts = try (0..<16).map { _ in (try scenario.member(), try scenario.session()) }
        let results = Parallel.run(16) { scenario.join(attempts[$0].0, beginning: attempts[$0].1) }
        #expect(results.count { $0 == nil } == 1)
        #expect(try attempts.count { try scenario.isLive($0.1.digest) } == 1)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel registrations of one phone make one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let attempts = try (0..<16).map { number in
            (try scenario.member("ada\(number)@example.com", phone: "+33612345678"), try scenario.session())
        }
        let results = Parallel.run(16) { scenario.join(attempts[$0].0, beginning: attempts[$0].1) }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .taken(.phone) } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `a right code proves the email once`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let account = try scenario.member(phone: "+33612345678")
        #expect(scenario.join(account, beginning: try scenario.session()) == nil)
        #expect(scenario.verify(account.id, code: "000000") == .wrongCode)
        #expect(try scenario.found()?.proven == [])
        #expect(scenario.verify(account.id) == nil)
        #expect(try scenario.found()?.proven == [.email])
        #expect(scenario.verify(account.id) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `of 16 parallel right codes one is the right one`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let account = try scenario.member()
        #expect(scenario.join(account, beginning: try scenario.session()) == nil)
        let results = Parallel.run(16) { _ in scenario.verify(account.id) }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .noChallenge } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `a code proves nothing to be another account's, and stays good`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let (ada, bob) = (try scenario.member(), try scenario.member("bob@example.com"))
        #expect(scenario.join(ada, beginning: try scenario.session()) == nil)
        #expect(scenario.join(bob, beginning: try scenario.session()) == nil)
        #expect(scenario.verify(bob.id) == .noChallenge)
        #expect(try scenario.found("bob@example.com")?.proven == [])
        #expect(scenario.verify(ada.id) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a code for a new password proves no email`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let account = try scenario.member()
        #expect(scenario.join(account, beginning: try scenario.session(), code: "111111") == nil)
        try scenario.ports().challenges.issue(try scenario.challenge(.passwordReset, code: "222222"), for: .again)
        #expect(scenario.verify(account.id, code: "222222") == .wrongCode)
    }

    @Test(arguments: PortsBackend.available)
    func `a code is good until its time is over, and then a new one is`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let (early, late) = (try scenario.member(), try scenario.member("bob@example.com"))
        #expect(scenario.join(early, beginning: try scenario.session()) == nil)
        #expect(scenario.join(late, beginning: try scenario.session()) == nil)
        scenario.now = scenario.now + .seconds(600) - .microseconds(1)
        #expect(scenario.verify(early.id) == nil)
        scenario.now = scenario.now + .microseconds(1)
        #expect(scenario.verify(late.id, email: "bob@example.com") == .noChallenge)
        try scenario.ports().challenges.issue(
            try scenario.challenge(to: "bob@example.com", code: "654321"), for: .again)
        #expect(scenario.verify(late.id, email: "bob@example.com") == .wrongCode)
        #expect(scenario.verify(late.id, code: "654321", email: "bob@example.com") == nil)
    }
}
