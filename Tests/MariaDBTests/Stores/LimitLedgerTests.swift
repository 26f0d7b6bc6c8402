import AuthDomain
import Testing

@testable import AuthFCGI

/// What an administrator sees of somebody where no answer tells who is known.
@Suite(.enabled(if: TestDatabase.isThere))
struct LimitLedgerTests {
    private let database: TestDatabase
    private let realm: Realm
    private let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private let account = AccountID(at: Timestamp(microseconds: 1_700_000_000_000_000), random: [7])
    private let client: ClientAddress
    private var policy = Policy()

    init() throws {
        database = try TestDatabase.migrated()
        realm = try #require(Realm("twake"))
        client = try #require(ClientAddress(octets: [192, 0, 2, 7]))
        policy.isUniform = true
        policy.limits.failedLoginsPerAccount = Rate(5, in: .seconds(900))
        _ = try MariaDBConnection(database.settings).execute(
            """
            INSERT INTO account (id, realm, nickname, phone, email, password, created_at)
            VALUES (?, 'twake', 'ada', '+33612345678', 'ada@example.org', 'x', ?)
            """, [.account(account), .time(now)])
    }

    private var ledger: LimitLedger {
        LimitLedger(database: Database(ConnectionPool(database.settings)) { _ in }, policy: policy)
    }

    private func count(_ name: RateCounter.Name, _ subjects: String...) throws {
        for subject in subjects {
            _ = try MariaDBConnection(database.settings).execute(
                "INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 5, ?)",
                [.key(name.rawValue), .key(subject), .time(now + .seconds(60))])
        }
    }

    private func entries(_ subject: LimitSubject) throws -> [LimitEntry] {
        try ledger.entries(of: subject, in: [realm], at: now)
    }

    /// By what somebody is looked for: their email, or their account.
    private func subjects() throws -> [LimitSubject] {
        [.identifiers([.email(try #require(EmailAddress("ada@example.org")))]), .account(account)]
    }

    @Test func `failed logins are found by each name of the account, of strangers and of known clients`() throws {
        let own = ["ada", "+33612345678", "ada@example.org"].map { "twake \($0)" }
        for subject in own { try count(.failedLogins, subject, "\(subject) \(client.key)") }
        try count(.failedLogins, "compass ada", "twake adam", "twake bob \(client.key)", "twake ada@example.org.uk")
        for subject in try subjects() {
            let places = Set(try entries(subject).map(\.place))
            #expect(
                places == Set((own + own.map { "\($0) \(client.key)" }).map { .counter(.failedLogins, subject: $0) }))
            #expect(try entries(subject).allSatisfy { $0.isRefused && $0.realm == "twake" })
        }
    }

    @Test func `failed logins by a name nobody has are found, of known clients as well`() throws {
        try count(.failedLogins, "twake bob", "twake bob \(client.key)")
        let shown = try entries(.identifiers([.nickname(try #require(Nickname("Bob")))]))
        #expect(shown.map(\.whom) == ["bob", "bob"])
        #expect(shown.count { $0.meaning.contains("192.0.2.7") } == 1)
        #expect(try entries(.client(client)).map(\.whom) == ["bob"])
    }

    @Test func `each call's interval and hour are shown and cleared`() throws {
        for asking in Asking.allCases {
            try count(.asks, "twake \(asking.rawValue) ada@example.org", "twake \(asking.rawValue) eve@example.org")
            try count(.asksPerHour, "twake \(asking.rawValue) +33612345678", "compass \(asking.rawValue) +33612345678")
        }
        for subject in try subjects() {
            let shown = try entries(subject)
            #expect(
                shown.map(\.name).sorted() == [
                    "asks", "asks", "asks", "asks-per-hour", "asks-per-hour", "asks-per-hour",
                ])
            #expect(shown.allSatisfy { $0.isRefused })
            #expect(Set(shown.filter { $0.name == "asks" }.map(\.limit)) == [1])
            #expect(Set(shown.map(\.whom)) == ["ada@example.org", "+33612345678"])
        }
        #expect(try ledger.clear(try entries(.account(account))) == 6)
        #expect(try entries(.account(account)).isEmpty)
        let left = try MariaDBConnection(database.settings).row("SELECT COUNT(*) FROM rate_counter")?.integer(0)
        #expect(left == 6)
    }

    @Test(arguments: [true, false])
    func `the last code's time refuses nobody where calls are counted apart`(isUniform: Bool) throws {
        _ = try MariaDBConnection(database.settings).execute(
            """
            INSERT INTO challenge
              (mac, mac_key, tries_left, sent_at, expires_at, is_withheld, realm, purpose, target)
            VALUES (?, 'k', 5, ?, ?, 0, 'twake', 'verification', 'ada@example.org')
            """, [.octets(Array(repeating: 1, count: 32)), .time(now), .time(now + .seconds(600))])
        var ledger = ledger
        var policy = policy
        policy.isUniform = isUniform
        ledger = LimitLedger(database: ledger.database, policy: policy)
        let shown = try ledger.entries(of: .account(account), in: [realm], at: now)
        #expect(shown.map(\.name) == (isUniform ? ["code"] : ["resend", "code"]))
    }
}
