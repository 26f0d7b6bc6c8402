import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// Which sessions the statements find that look for logins: the one for a single session, and the one for several.
@Suite(.enabled(if: TestDatabase.isThere))
struct LoginStatementTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private static let idle: Duration = .seconds(1_000)

    /// A session that differs in one way from one that is live.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        var realm = "trial"
        var kind = "login"
        var ended: Timestamp?
        var seen = now
        var expires = now + .seconds(60)
        var status = "active"
        var isFound = false
    }

    static let cases = [
        Case(testDescription: "live", isFound: true),
        Case(testDescription: "used just in time", seen: now - idle + .microseconds(1), isFound: true),
        Case(testDescription: "idle too long", seen: now - idle),
        Case(testDescription: "in its last microsecond", expires: now + .microseconds(1), isFound: true),
        Case(testDescription: "at its time", expires: now),
        Case(testDescription: "ended", ended: now),
        Case(testDescription: "of another realm", realm: "other"),
        Case(testDescription: "for registering", kind: "registration"),
        Case(testDescription: "of an account that is locked", status: "locked"),
    ]

    private let connection: MariaDBConnection
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase.migrated()
        connection = MariaDBConnection(database.settings)
    }

    /// Writes a session and its account, and how it is asked for.
    private func question(_ number: UInt8, _ row: Case) throws -> LoginQuestion {
        let octets = [UInt8](repeating: number, count: 32)
        let account = SQLValue.account(AccountID(at: Self.now, random: [number]))
        _ = try connection.execute(
            "INSERT INTO account (id, realm, created_at, status) VALUES (?, ?, ?, ?)",
            [account, .key(row.realm), .time(Self.now), .key(row.status)])
        _ = try connection.execute(
            """
            INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .octets(octets), .key(row.realm), .key(row.kind), account, .time(Self.now), .time(row.seen),
                .time(row.expires), row.ended.map { .time($0) } ?? .null,
            ])
        return LoginQuestion(
            digest: try #require(SessionDigest(octets: octets)), realm: try #require(Realm("trial")), idle: Self.idle,
            now: Self.now)
    }

    private func isFound(_ question: LoginQuestion, with others: [LoginQuestion]) throws -> Bool {
        try MariaDBSessionStore.rows(of: others + [question], on: connection)
            .contains { $0.hasOctets(question.digest.octets, at: 0) }
    }

    @Test(arguments: cases)
    func `a session is found alone as among others, or in neither way`(row: Case) throws {
        let question = try question(1, row)
        let live = try (2..<17).map { try self.question($0, Case(testDescription: "live")) }
        #expect(try isFound(question, with: []) == row.isFound)
        #expect(try isFound(question, with: [live[0]]) == row.isFound)
        #expect(try isFound(question, with: live) == row.isFound)
    }

    @Test func `nobody looks for more than one statement can`() throws {
        let live = try (1..<18).map { try question($0, Case(testDescription: "live")) }
        #expect(throws: MariaDBError.self) { try MariaDBSessionStore.rows(of: live, on: connection) }
        #expect(try MariaDBSessionStore.rows(of: Array(live.prefix(16)), on: connection).count == 16)
    }

    @Test func `whose session somebody else changes is passed over, at once, and no other is`() throws {
        let questions = try (1..<17).map { try question($0, Case(testDescription: "live")) }
        let rival = MariaDBConnection(database.settings)
        let store = MariaDBSessionStore(
            database: Database(ConnectionPool(database.settings)) { Issue.record("\($0)") },
            outbox: Outbox(
                sealer: try PayloadSealer(keys: try KeyRing.parse(TestKeys.line()), random: SystemRandom()), wake: {}))
        let later = Self.now + .seconds(60)
        let taken = try rival.transaction { rival throws(MariaDBError) in
            _ = try rival.row("SELECT 1 FROM session WHERE digest = ? FOR UPDATE", [.digest(questions[7].digest)])
            let start = ContinuousClock.now
            let isDone = (try? store.touch(questions.map(\.digest), at: later)) != nil
            let isDoneAlone = (try? store.touch([questions[7].digest], at: later)) != nil
            return .rollback((isDone && isDoneAlone, ContinuousClock.now - start))
        }
        #expect(taken.0)
        // Waiting for a lock takes a second at least.
        #expect(taken.1 < .seconds(1))
        let seen = try questions.map { try store.login($0)?.seen }
        #expect(seen == questions.indices.map { $0 == 7 ? Self.now : later })
    }
}
