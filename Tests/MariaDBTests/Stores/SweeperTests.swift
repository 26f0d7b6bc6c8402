import AuthDomain
import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct SweeperTests {
    private let database: TestDatabase
    private let sweeper: Sweeper
    private let now = Timestamp(microseconds: 1_800_000_000_000_000)

    init() throws {
        database = try TestDatabase.migrated()
        sweeper = Sweeper(database: Database(ConnectionPool(database.settings)) { _ in })
    }

    /// Windows of rates that ended a second before, or after, the grace that they are given.
    private func insert(_ count: Int, name: String, ended: Duration) throws {
        let other = MariaDBConnection(database.settings)
        for number in 0..<count {
            _ = try other.execute(
                "INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?)",
                [.key(name), .key("\(number)"), .time(now - ended)])
        }
    }

    private func rows() throws -> Int64? {
        try MariaDBConnection(database.settings).row("SELECT COUNT(*) FROM rate_counter")?.integer(0)
    }

    @Test func `what is over goes, and what is not stays`() throws {
        try insert(3, name: "over", ended: Sweeper.grace + .seconds(1))
        try insert(2, name: "kept", ended: Sweeper.grace - .seconds(1))
        #expect(try sweeper.sweep(at: now) == Sweeper.Outcome(removed: 3, isUnfinished: false))
        #expect(try rows() == 2)
        #expect(try sweeper.sweep(at: now) == Sweeper.Outcome())
    }

    @Test(arguments: [(true, false), (false, true)])
    func `a shadow goes when no session of it is left`(isLive: Bool, isGone: Bool) throws {
        let other = MariaDBConnection(database.settings)
        let then = now - Sweeper.grace - .seconds(1)
        let id = SQLValue.account(AccountID(at: then, random: [1]))
        _ = try other.execute(
            "INSERT INTO account (id, realm, created_at, shadow_since) VALUES (?, 'r', ?, ?)",
            [id, .time(then), .time(then)])
        _ = try other.execute(
            """
            INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at, ended_at)
            VALUES (?, 'r', 'login', ?, ?, ?, ?, ?)
            """,
            [
                .octets(Array(repeating: 1, count: 32)), id, .time(then), .time(then), .time(now + .seconds(60)),
                isLive ? .null : .time(now),
            ])
        #expect(try sweeper.sweep(at: now).removed == (isGone ? 1 : 0))
        let left = try MariaDBConnection(database.settings).row("SELECT COUNT(*) FROM account")?.integer(0)
        #expect(left == (isGone ? 0 : 1))
    }

    @Test func `one sweep takes no more than a batch, and says that there is more`() throws {
        try insert(Sweeper.batch + 7, name: "over", ended: Sweeper.grace + .seconds(1))
        #expect(try sweeper.sweep(at: now) == Sweeper.Outcome(removed: Sweeper.batch, isUnfinished: true))
        #expect(try sweeper.sweep(at: now) == Sweeper.Outcome(removed: 7, isUnfinished: false))
    }

    @Test func `one process of a database sweeps at a time, and another database's is none of its business`() throws {
        try insert(1, name: "over", ended: Sweeper.grace + .seconds(1))
        let holder = MariaDBConnection(database.settings)
        let lock: StaticString = "SELECT GET_LOCK(CONCAT('authfcgi-sweep.', LEFT(SHA2(DATABASE(), 256), 32)), 0)"
        #expect(try holder.row(lock)?.integer(0) == 1)
        #expect(try sweeper.sweep(at: now) == Sweeper.Outcome())
        let neighbour = try TestDatabase.migrated()
        #expect(try MariaDBConnection(neighbour.settings).row(lock)?.integer(0) == 1)
        _ = try holder.row("SELECT RELEASE_LOCK(CONCAT('authfcgi-sweep.', LEFT(SHA2(DATABASE(), 256), 32)))")
        #expect(try sweeper.sweep(at: now).removed == 1)
    }

    @Test func `a sweep that fails gives its turn back`() throws {
        let other = MariaDBConnection(database.settings)
        try other.script("RENAME TABLE challenge TO challenge_aside")
        #expect(throws: AuthError.unavailable) { try sweeper.sweep(at: now) }
        try other.script("RENAME TABLE challenge_aside TO challenge")
        try insert(1, name: "over", ended: Sweeper.grace + .seconds(1))
        let second = Sweeper(database: Database(ConnectionPool(database.settings)) { _ in })
        #expect(try second.sweep(at: now).removed == 1)
    }
}
