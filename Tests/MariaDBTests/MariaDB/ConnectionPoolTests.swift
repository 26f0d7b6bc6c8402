import AuthTestSupport
import Synchronization
import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct ConnectionPoolTests {
    private let database: TestDatabase

    init() throws { database = try TestDatabase() }

    /// The server's number of the session that a statement runs in.
    private func session(_ pool: ConnectionPool) throws(MariaDBError) -> Int64? {
        try pool.lend { connection throws(MariaDBError) in try connection.row("SELECT CONNECTION_ID()")?.integer(0) }
    }

    @Test func `one after the other, all use the same connection`() throws {
        let made = Atomic(0)
        let pool = ConnectionPool(database.settings, limit: 4) { made.add($0, ordering: .relaxed) }
        let first = try session(pool)
        for _ in 0..<5 { #expect(try session(pool) == first) }
        #expect(made.load(ordering: .relaxed) == 1)
    }

    @Test func `who comes while all are lent waits, and everybody is served`() {
        let made = Atomic(0)
        let heldUp = Atomic(0)
        let pool = ConnectionPool(database.settings, limit: 3) { made.add($0, ordering: .relaxed) }
        let sessions = Parallel.run(24) { _ in
            (0..<5).map { _ in
                try? pool.lend(whenHeldUp: { heldUp.add(1, ordering: .relaxed) }) { connection throws(MariaDBError) in
                    try connection.row("SELECT CONNECTION_ID(), SLEEP(0.002)")?.integer(0)
                }
            }
        }.joined()
        #expect(sessions.count == 120)
        #expect(!sessions.contains(nil))
        #expect(Set(sessions).count == 3)
        #expect(made.load(ordering: .relaxed) == 3)
        #expect(heldUp.load(ordering: .relaxed) > 0)
    }

    @Test func `who waits for the server is told so, once for a call, and nobody after them`() throws {
        let heldUp = Atomic(0)
        let pool = ConnectionPool(database.settings)
        for _ in 0..<2 {
            let body = { (connection: MariaDBConnection) throws(MariaDBError) in
                try connection.row("SELECT SLEEP(0.1)")
            }
            _ = try pool.lend(whenHeldUp: { heldUp.add(1, ordering: .relaxed) }, to: body)
        }
        #expect(heldUp.load(ordering: .relaxed) == 2)
        _ = try pool.lend { connection throws(MariaDBError) in try connection.row("SELECT SLEEP(0.1)") }
        #expect(heldUp.load(ordering: .relaxed) == 2)
    }

    @Test func `a connection comes back when its use fails`() throws {
        let pool = ConnectionPool(database.settings)
        for _ in 0..<3 {
            #expect(throws: MariaDBError.self) {
                try pool.lend { connection throws(MariaDBError) in try connection.row("SELECT nothing") }
            }
        }
        #expect(try session(pool) != nil)
    }

    @Test func `connections that are not needed any more are given up, and others made when they are`() throws {
        let open = Atomic(0)
        let pool = ConnectionPool(database.settings, limit: 3) { open.add($0, ordering: .relaxed) }
        let useThree = {
            _ = Parallel.run(3) { _ in
                try? pool.lend { connection throws(MariaDBError) in try connection.row("SELECT SLEEP(0.2)") }
            }
        }
        useThree()
        let busy = ContinuousClock.now
        pool.closeUnused(since: busy - .seconds(5))
        #expect(open.load(ordering: .relaxed) == 3)
        let used = try session(pool)
        pool.closeUnused(since: busy)
        #expect(open.load(ordering: .relaxed) == 1)
        #expect(try session(pool) == used)
        useThree()
        #expect(open.load(ordering: .relaxed) == 3)
        #expect(pool.closeUnused(since: .now, keeping: 4) == 0)
        #expect(pool.closeUnused(since: .now, keeping: 2) == 1)
        #expect(open.load(ordering: .relaxed) == 2)
        #expect(pool.closeUnused(since: .now) == 2)
        #expect(open.load(ordering: .relaxed) == 0)
    }
}
