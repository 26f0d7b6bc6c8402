import AuthDomain
import AuthTestSupport
import Testing

/// What every store promises of registrations that wait for their proof.
@Suite struct PendingAccountContractTests {
    private static let email = "ada@example.com"
    private static let phone = "+33612345678"

    @Test(arguments: PortsBackend.available)
    func `a registration that waits is no account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let account = try scenario.registration(email: Self.email, phone: Self.phone)
        let session = try scenario.signUp(account, at: Self.email, code: "123456")
        #expect(try scenario.foundAccount(Self.email) == nil)
        let ports = scenario.ports()
        #expect(try ports.accounts.isTaken(.email(try #require(account.email)), in: scenario.realm) == false)
        #expect(try ports.accounts.credentials(of: .email(try #require(account.email)), in: scenario.realm) == nil)
        #expect(try ports.accounts.exists(account.id, in: scenario.realm) == false)
        #expect(try scenario.isLogin(session) == false)
        let registration = try ports.sessions.registration(session, in: scenario.realm, at: scenario.now)
        #expect(registration?.address == .email(try #require(account.email)))
        #expect(registration?.isProven == false)
    }

    @Test(arguments: PortsBackend.available)
    func `a registration is found by each of its addresses`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let account = try scenario.registration(email: Self.email, phone: Self.phone)
        try scenario.signUp(account, at: Self.email, code: "123456")
        let expected = PendingAccount(
            id: account.id, address: try Scenario.address(Self.email), password: account.password,
            created: account.created)
        #expect(try scenario.pending("ADA@example.com") == expected)
        #expect(try scenario.pending("+33 6 12 34 56 78") == expected)
        #expect(try scenario.pending("eve@example.com") == nil)
        let other = try #require(Realm("compass", tenant: "other"))
        #expect(
            try scenario.ports().accounts.pending(expected.address, in: other, at: scenario.now) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a registration waits a day`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend, realm: "compass")
        try scenario.signUp(try scenario.registration(email: Self.email), at: Self.email, code: "123456")
        scenario.now = scenario.now + .seconds(86_400) - .microseconds(1)
        #expect(try scenario.pending(Self.email) != nil)
        scenario.now = scenario.now + .microseconds(1)
        #expect(try scenario.pending(Self.email) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `who waits for the proof of an address comes before who has it beside another`(
        backend: PortsBackend
    ) throws {
        var scenario = try Scenario(backend, realm: "compass")
        let owner = try scenario.registration(email: nil, phone: Self.phone)
        try scenario.signUp(owner, at: Self.phone, code: "123456")
        scenario.now = scenario.now + .seconds(1)
        let claim = try scenario.registration(email: "eve@example.com", phone: Self.phone)
        try scenario.signUp(claim, at: "eve@example.com", code: "654321")
        #expect(try scenario.pending(Self.phone)?.id == owner.id)
        #expect(try scenario.redeem("123456", of: Self.phone, bringing: .activation(try scenario.session())) == nil)
        #expect(try scenario.foundAccount(Self.phone)?.id == owner.id)
        #expect(
            try scenario.redeem("654321", of: "eve@example.com", bringing: .activation(try scenario.session()))
                == .taken(.phone))
        #expect(try scenario.foundAccount("eve@example.com") == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `whoever proves an address gets it from who never did, and from nobody else`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend, realm: "compass")
        let owner = try scenario.registration(email: nil, phone: Self.phone)
        try scenario.signUp(owner, at: Self.phone, code: "123456")
        let (claim, login) = try scenario.activated("eve@example.com", phone: Self.phone)
        #expect(try scenario.foundAccount(Self.phone)?.id == claim.id)
        let activation = Redemption.activation(try scenario.session())
        #expect(try scenario.redeem("123456", of: Self.phone, bringing: activation) == nil)
        #expect(try scenario.foundAccount(Self.phone)?.id == owner.id)
        let rest = try #require(try scenario.foundAccount("eve@example.com"))
        #expect(rest.id == claim.id && rest.phone?.typed == Self.phone && rest.proven == [.email])
        #expect(try scenario.isLogin(login))
        scenario.now = scenario.now + .seconds(60)
        let late = try scenario.registration(email: nil, phone: Self.phone)
        try scenario.signUp(late, at: Self.phone, code: "654321")
        let another = Redemption.activation(try scenario.session())
        #expect(try scenario.redeem("654321", of: Self.phone, bringing: another) == .taken(.phone))
        #expect(try scenario.foundAccount(Self.phone)?.id == owner.id)
    }

    @Test(arguments: PortsBackend.available)
    func `the email of who has proven nothing stays theirs`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let late = try scenario.registration(email: Self.email)
        try scenario.signUp(late, at: Self.email, code: "123456")
        let rider = try scenario.person(Self.email)
        #expect(scenario.create(rider) == nil)
        let activation = Redemption.activation(try scenario.session())
        #expect(try scenario.redeem("123456", of: Self.email, bringing: activation) == .taken(.email))
        #expect(try scenario.foundAccount(Self.email)?.id == rider.id)
    }

    @Test(arguments: PortsBackend.available)
    func `a newer registration takes the place of the one before and of its code`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend, realm: "compass")
        let old = try scenario.registration(email: Self.email, password: "01")
        try scenario.signUp(old, at: Self.email, code: "123456")
        scenario.now = scenario.now + .seconds(60)
        let new = try scenario.registration(email: Self.email, password: "02")
        try scenario.signUp(new, at: Self.email, code: "654321")
        #expect(try scenario.pending(Self.email)?.password == new.password)
        let session = try scenario.session()
        #expect(try scenario.redeem("123456", of: Self.email, bringing: .activation(session)) == .wrongCode)
        #expect(try scenario.redeem("654321", of: Self.email, bringing: .activation(session)) == nil)
        #expect(try scenario.foundAccount(Self.email)?.id == new.id)
    }

    @Test(arguments: PortsBackend.available)
    func `a registration that comes too soon changes nothing`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend, realm: "compass")
        let old = try scenario.registration(email: Self.email)
        try scenario.signUp(old, at: Self.email, code: "123456")
        scenario.now = scenario.now + .seconds(59)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(1))) {
            try scenario.signUp(try scenario.registration(email: Self.email), at: Self.email, code: "654321")
        }
        #expect(try scenario.pending(Self.email)?.id == old.id)
        #expect(try scenario.redeem("123456", of: Self.email, bringing: .activation(try scenario.session())) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a right code makes the account with its address proven and its owner logged in`(
        backend: PortsBackend
    ) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, session) = try scenario.activated(Self.email, phone: "+33 6 12 34 56 78")
        let found = try #require(try scenario.foundAccount(Self.email))
        #expect(found.id == account.id)
        #expect(found.proven == [.email])
        #expect(found.phone?.typed == "+33 6 12 34 56 78")
        #expect(found.profile == account.profile)
        #expect(try scenario.foundAccount(Self.phone) == found)
        let identifier = try Scenario.address(Self.phone).identifier
        #expect(
            try scenario.ports().accounts.credentials(of: identifier, in: scenario.realm)?.password == account.password)
        #expect(try scenario.isLogin(session))
        #expect(try scenario.pending(Self.email) == nil)
        #expect(
            try scenario.redeem("271828", of: Self.email, bringing: .activation(try scenario.session()))
                == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a code without a registration makes nothing`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        try scenario.ports().challenges.issue(
            try scenario.addressed(.verification, to: Self.email, code: "123456"), for: .again)
        #expect(
            try scenario.redeem("123456", of: Self.email, bringing: .activation(try scenario.session()))
                == .noChallenge)
        #expect(try scenario.foundAccount(Self.email) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a code makes no account in another realm`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        try scenario.signUp(try scenario.registration(email: Self.email), at: Self.email, code: "123456")
        let other = try #require(Realm("compass", tenant: "other"))
        let session = try scenario.session()
        #expect(
            try scenario.redeem("123456", of: Self.email, in: other, bringing: .activation(session)) == .noChallenge)
        #expect(try scenario.redeem("123456", of: Self.email, bringing: .activation(session)) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a code for nobody is counted, is good for nothing, and is refused like any other when it is wrong`(
        backend: PortsBackend
    ) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let challenge = try scenario.addressed(.verification, to: Self.email, code: "123456")
        try scenario.ports().challenges.issue(challenge, for: .nobody)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) {
            try scenario.ports().challenges.issue(challenge, for: .nobody)
        }
        #expect(try scenario.redeem("123456", of: Self.email, bringing: .nothing) == .noChallenge)
        for _ in 1...5 { #expect(try scenario.redeem("000000", of: Self.email, bringing: .nothing) == .wrongCode) }
        #expect(try scenario.redeem("000000", of: Self.email, bringing: .nothing) == .attemptsExhausted)
        #expect(try scenario.pending(Self.email) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel verifications of one code make one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let account = try scenario.registration(email: Self.email)
        try scenario.signUp(account, at: Self.email, code: "123456")
        let sessions = try (0..<16).map { _ in try scenario.session() }
        let results = Parallel.run(16) { number in
            Result { try scenario.redeem("123456", of: Self.email, bringing: .activation(sessions[number])) }
        }
        #expect(try results.count { try $0.get() == nil } == 1)
        #expect(try results.count { try $0.get() == .noChallenge } == 15)
        #expect(try scenario.foundAccount(Self.email)?.id == account.id)
        #expect(try sessions.count { try scenario.isLogin($0.digest) } == 1)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel sign-ups for one address send one message`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let accounts = try (0..<16).map { try scenario.registration(email: Self.email, password: "\(10 + $0)") }
        let results = Parallel.run(16) { number in
            (try? scenario.signUp(accounts[number], at: Self.email, code: "\(100_000 + number)")) != nil ? number : nil
        }
        let won = results.compactMap(\.self)
        #expect(won.count == 1)
        let winner = try #require(won.first)
        #expect(try scenario.pending(Self.email)?.password == accounts[winner].password)
        let session = try scenario.session()
        #expect(try scenario.redeem("\(100_000 + winner)", of: Self.email, bringing: .activation(session)) == nil)
    }
}
