import AuthTestSupport
import Dispatch
import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct MariaDBTransactionTests {
    let database: TestDatabase

    init() throws {
        database = try TestDatabase(
            tables: "CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL); INSERT INTO t VALUES (1, 0), (2, 0)")
    }

    @Test func `what is committed stays and what is rolled back does not`() throws {
        let connection = database.connection()
        let value = try connection.transaction { connection throws(MariaDBError) in
            _ = try connection.execute("INSERT INTO t VALUES (3, 0)")
            return .commit("yes")
        }
        #expect(value == "yes")
        let other = try connection.transaction { connection throws(MariaDBError) in
            _ = try connection.execute("INSERT INTO t VALUES (4, 0)")
            return .rollback("no")
        }
        #expect(other == "no")
        let error = mariaDBError {
            try connection.transaction { connection throws(MariaDBError) in
                _ = try connection.execute("INSERT INTO t VALUES (5, 0)")
                _ = try connection.execute("INSERT INTO t VALUES (1, 0)")
                return .commit(())
            }
        }
        #expect(error?.kind == .duplicateKey(name: "PRIMARY"))
        #expect(try database.connection().rows("SELECT id FROM t ORDER BY id").map { try $0.integer(0) } == [1, 2, 3])
    }

    @Test func `a transaction in a transaction is refused`() throws {
        let error = mariaDBError {
            try database.connection().transaction { connection throws(MariaDBError) in
                .commit(try connection.transaction { _ throws(MariaDBError) in .commit(()) })
            }
        }
        #expect(error?.kind == .other)
    }

    @Test func `a deadlock is retried and both transactions succeed`() throws {
        let database = database
        let ready = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let attempts = Parallel.run(2) { number in
            var attempts = 0
            let first = SQLValue.integer(Int64(number + 1))
            let second = SQLValue.integer(Int64(2 - number))
            let error = mariaDBError {
                try database.connection().transaction { connection throws(MariaDBError) in
                    attempts += 1
                    _ = try connection.execute("UPDATE t SET v = v + 1 WHERE id = ?", [first])
                    if attempts == 1 {
                        ready[number].signal()
                        ready[1 - number].wait()
                    }
                    _ = try connection.execute("UPDATE t SET v = v + 1 WHERE id = ?", [second])
                    return .commit(())
                }
            }
            return error == nil ? attempts : -1
        }
        #expect(attempts.sorted() == [1, 2])
        #expect(try database.connection().rows("SELECT v FROM t").map { try $0.integer(0) } == [2, 2])
    }

    @Test func `a lock never given up is retried six times and then told`() throws {
        let database = database
        let holder = database.connection()
        try holder.transaction { holder throws(MariaDBError) in
            // Else the server itself would end a transaction that says nothing for so long.
            try holder.command("SET idle_transaction_timeout = 0")
            _ = try holder.execute("UPDATE t SET v = 9 WHERE id = 1")
            var attempts = 0
            let error = mariaDBError {
                try database.connection().transaction { connection throws(MariaDBError) in
                    attempts += 1
                    do {
                        _ = try connection.execute("UPDATE t SET v = 8 WHERE id = 1")
                    } catch {
                        // Swallowed: the transaction must fail nevertheless.
                    }
                    return .commit(())
                }
            }
            #expect(error?.kind == .retryable)
            #expect(error?.code == 1205)
            #expect(attempts == 7)
            return .rollback(())
        }
        #expect(try database.connection().row("SELECT v FROM t WHERE id = 1")?.integer(0) == 0)
    }
}
