import AuthDomain
import AuthTestSupport
import Testing

/// What every `ChallengeStore` promises of codes for a new password.
@Suite struct PasswordRedemptionContractTests {
    private static let email = "ada@example.com"
    private static let new = PasswordHash(phc: "$cheap$1$ff")

    private static func ask(_ scenario: Scenario, code: String = "123456") throws {
        try scenario.ports().challenges.issue(
            try scenario.addressed(.passwordReset, to: email, code: code), for: .again)
    }

    private static func password(_ scenario: Scenario) throws -> PasswordHash? {
        let identifier = try Scenario.address(email).identifier
        return try scenario.ports().accounts.credentials(of: identifier, in: scenario.realm)?.password
    }

    @Test(arguments: PortsBackend.available)
    func `a right code sets the password once and ends every session`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, first) = try scenario.activated(Self.email)
        let second = try scenario.session()
        let credentials = try #require(
            try scenario.ports().accounts.credentials(
                of: try Scenario.address(Self.email).identifier, in: scenario.realm))
        try scenario.ports().sessions.begin(second, for: credentials, replacing: nil, limit: 50)
        try Self.ask(scenario)
        let redemption = Redemption.password(account.id, Self.new)
        #expect(try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: redemption) == nil)
        #expect(try Self.password(scenario) == Self.new)
        #expect(try scenario.isLogin(first) == false)
        #expect(try scenario.isLogin(second.digest) == false)
        let again = Redemption.password(account.id, account.password)
        #expect(
            try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: again) == .noChallenge)
        #expect(try Self.password(scenario) == Self.new)
    }

    @Test(arguments: PortsBackend.available)
    func `no client is known any longer as whose password it is, and others' are`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, _) = try scenario.activated(Self.email)
        let (other, _) = try scenario.activated("bob@example.com")
        let clients = try scenario.remember(account.id, other.id)
        try Self.ask(scenario)
        let redemption = Redemption.password(account.id, Self.new)
        #expect(try scenario.redeem("000000", for: .passwordReset, of: Self.email, bringing: redemption) == .wrongCode)
        #expect(try scenario.known(of: clients, as: account.id) == clients)
        #expect(try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: redemption) == nil)
        #expect(try scenario.known(of: clients, as: account.id).isEmpty)
        #expect(try scenario.known(of: clients, as: other.id) == clients)
    }

    @Test(arguments: PortsBackend.available)
    func `another account's sessions stay`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, _) = try scenario.activated(Self.email)
        let (_, other) = try scenario.activated("bob@example.com")
        try Self.ask(scenario)
        let redemption = Redemption.password(account.id, Self.new)
        #expect(try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: redemption) == nil)
        #expect(try scenario.isLogin(other))
    }

    @Test(arguments: PortsBackend.available)
    func `a wrong code changes nothing`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, session) = try scenario.activated(Self.email)
        try Self.ask(scenario)
        let redemption = Redemption.password(account.id, Self.new)
        for _ in 1...5 {
            #expect(
                try scenario.redeem("000000", for: .passwordReset, of: Self.email, bringing: redemption)
                    == .wrongCode)
        }
        #expect(
            try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: redemption)
                == .attemptsExhausted)
        #expect(try Self.password(scenario) == account.password)
        #expect(try scenario.isLogin(session))
    }

    @Test(arguments: PortsBackend.available)
    func `a code of one purpose is none for another`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, _) = try scenario.activated(Self.email)
        try Self.ask(scenario)
        let redemption = Redemption.password(account.id, Self.new)
        #expect(
            try scenario.redeem("123456", for: .verification, of: Self.email, bringing: redemption) == .noChallenge)
        #expect(try Self.password(scenario) == account.password)
    }

    @Test(arguments: PortsBackend.available)
    func `of 16 parallel resets with one code one sets its password`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend, realm: "compass")
        let (account, _) = try scenario.activated(Self.email)
        try Self.ask(scenario)
        let results = Parallel.run(16) { number in
            let hash = PasswordHash(phc: "$cheap$1$\(10 + number)")
            return Result {
                let redemption = Redemption.password(account.id, hash)
                return (
                    hash, try scenario.redeem("123456", for: .passwordReset, of: Self.email, bringing: redemption)
                )
            }
        }
        let answers = try results.map { try $0.get() }
        #expect(answers.count { $0.1 == .noChallenge } == 15)
        #expect(try Self.password(scenario) == answers.first { $0.1 == nil }?.0)
    }
}
