import AuthDomain
import AuthTestSupport
import Foundation
import Testing

@testable import AuthFCGI

/// The stores on a connection that is cut in the middle of what they do.
@Suite(.enabled(if: WireCutter.isThere))
struct StoreLossTests {
    private let database: TestDatabase
    private let cutter: WireCutter
    private let ports: Ports
    private let direct: MariaDBConnection
    private let scenario: Scenario

    init() throws {
        database = try TestDatabase.migrated()
        cutter = try WireCutter()
        var settings = database.settings
        settings.hosts = [.socket(cutter.socket)]
        let keys = try KeyRing.parse(TestKeys.line())
        let sealer = try PayloadSealer(keys: keys, random: SystemRandom())
        let codes = try CodeMAC(keys: keys)
        let make: @Sendable () -> Ports = { [settings] in
            let outbox = Outbox(sealer: sealer, wake: {})
            let connection = Database(ConnectionPool(settings)) { _ in }
            return Ports(
                accounts: MariaDBAccountStore(database: connection, outbox: outbox),
                sessions: MariaDBSessionStore(database: connection, outbox: outbox),
                challenges: MariaDBChallengeStore(database: connection, codes: codes, outbox: outbox),
                limits: MariaDBRateLimiter(database: connection))
        }
        ports = make()
        direct = MariaDBConnection(database.settings)
        scenario = try Scenario(make)
    }

    private func count(_ sql: StaticString) throws -> Int64? { try direct.row(sql)?.integer(0) }

    /// The places in what a store sends at which the wire is cut: the first packets, and both sides of the COMMIT.
    static let cuts = (1...14).map { "packet \($0)" } + ["before COMMIT", "after COMMIT"]

    @Test(arguments: cuts)
    func `a code is issued once, with one message`(cut: String) throws {
        _ = try ports.accounts.exists(AccountID(at: scenario.now, random: []), in: scenario.realm)
        try cutter.order(cut)
        let session = try scenario.ask("+33612345678", code: "314159", with: ports)
        #expect(try count("SELECT COUNT(*) FROM outbox") == 1)
        #expect(try count("SELECT COUNT(*) FROM challenge") == 1)
        #expect(try count("SELECT COUNT(*) FROM session") == 1)
        #expect(try count("SELECT count FROM rate_counter WHERE name = 'messages'") == 1)
        #expect(scenario.tell("314159", in: session, with: ports) == nil)
    }

    @Test(arguments: cuts)
    func `a wrong code is counted`(cut: String) throws {
        let session = try scenario.ask("+33612345678", code: "314159", with: ports)
        try cutter.order(cut)
        #expect(scenario.tell("000000", in: session, with: ports) == .wrongCode)
        // One whose COMMIT was answered to nobody may count twice, never not at all.
        #expect([3, 4].contains(try count("SELECT tries_left FROM challenge") ?? 0))
    }

    @Test(arguments: cuts)
    func `a right code is taken, once`(cut: String) throws {
        let session = try scenario.ask("+33612345678", code: "314159", with: ports)
        try cutter.order(cut)
        #expect(scenario.tell("314159", in: session, with: ports) == nil)
        #expect(scenario.tell("314159", in: session, with: ports) == .noChallenge)
        #expect(try count("SELECT COUNT(*) FROM session WHERE proven_at IS NOT NULL") == 1)
    }

    @Test(arguments: cuts)
    func `a proof makes one account and one login`(cut: String) throws {
        let session = try scenario.ask("+33612345678", code: "314159", with: ports)
        try #require(scenario.tell("314159", in: session, with: ports) == nil)
        let account = try scenario.account("Ada")
        try cutter.order(cut)
        #expect(scenario.register(account, provenBy: session, with: ports) == nil)
        #expect(try count("SELECT COUNT(*) FROM account") == 1)
        #expect(try count("SELECT COUNT(*) FROM session WHERE kind = 'login' AND ended_at IS NULL") == 1)
        #expect(try count("SELECT COUNT(*) FROM session WHERE kind = 'registration' AND ended_at IS NULL") == 0)
    }

    @Test(arguments: cuts)
    func `a login begins one session`(cut: String) throws {
        try #require(
            scenario.register(try scenario.account("Ada"), provenBy: scenario.proof(of: "+33612345678")) == nil)
        let nickname: Nickname = try #require(Nickname("ada"))
        let credentials = try #require(try ports.accounts.credentials(of: .nickname(nickname), in: scenario.realm))
        try cutter.order(cut)
        try ports.sessions.begin(try scenario.session(), for: credentials, replacing: nil, limit: 10)
        #expect(try count("SELECT COUNT(*) FROM session WHERE kind = 'login' AND ended_at IS NULL") == 2)
    }
}
