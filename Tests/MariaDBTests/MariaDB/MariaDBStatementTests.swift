import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct MariaDBStatementTests {
    let database: TestDatabase

    init() throws {
        database = try TestDatabase(
            tables: "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO t VALUES (1, 'a')")
    }

    @Test func `a statement is prepared once`() throws {
        let connection = database.connection()
        for _ in 0..<10 { _ = try connection.row("SELECT v FROM t WHERE id = ?", [.integer(1)]) }
        #expect(connection.preparedStatements == 1)
        let prepared = try connection.row("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
        #expect(try prepared?.text(1) == "2")
    }

    @Test func `the cache holds no more than its limit and closes what it drops`() throws {
        var cache = StatementCache(limit: 2)
        let host = try #require(database.settings.hosts.first)
        let handle = try MariaDBHandle(host, database.settings, within: .seconds(3))
        for sql: StaticString in ["SELECT 1", "SELECT 2", "SELECT 1", "SELECT 3", "SELECT 1"] {
            _ = try cache.statement(sql, on: handle)
        }
        #expect(cache.count == 2)
        let status = try MariaDBStatement(
            "SHOW SESSION STATUS WHERE Variable_name IN ('Com_stmt_close', 'Com_stmt_prepare')", on: handle)
        #expect(try status.rows([]).map { try $0.text(1) } == ["1", "4"])
    }

    @Test func `a statement survives an altered table`() throws {
        let connection = database.connection()
        #expect(try connection.row("SELECT * FROM t")?.values == [.integer(1), .text("a")])
        try database.connection().script("ALTER TABLE t MODIFY v VARBINARY(20)")
        #expect(try connection.row("SELECT * FROM t")?.values == [.integer(1), .octets([97])])
        try database.connection().script("ALTER TABLE t ADD w INT NOT NULL DEFAULT 7")
        #expect(try connection.row("SELECT * FROM t")?.values == [.integer(1), .octets([97]), .integer(7)])
        try database.connection().script("ALTER TABLE t DROP w")
        let row = try connection.transaction { connection throws(MariaDBError) in
            .commit(try connection.row("SELECT * FROM t"))
        }
        #expect(row?.values == [.integer(1), .octets([97])])
    }

    @Test func `a duplicate key tells its name`() throws {
        let connection = database.connection()
        try connection.script("ALTER TABLE t ADD UNIQUE KEY the_value (v)")
        let first = mariaDBError { _ = try connection.execute("INSERT INTO t VALUES (1, 'for key ''x''')") }
        #expect(first?.kind == .duplicateKey(name: "PRIMARY"))
        let second = mariaDBError { _ = try connection.execute("INSERT INTO t VALUES (2, ?)", [.text("a")]) }
        #expect(second?.kind == .duplicateKey(name: "the_value"))
    }

    @Test func `a statement that takes too long is ended and the session stays`() throws {
        var settings = database.settings
        settings.queryTimeout = .milliseconds(300)
        let connection = MariaDBConnection(settings)
        let session = try connection.row("SELECT CONNECTION_ID()")
        let start = ContinuousClock.now
        #expect(mariaDBError { _ = try connection.row("SELECT COUNT(*) FROM t WHERE SLEEP(3) = 0") }?.kind == .timeout)
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(try connection.row("SELECT CONNECTION_ID()") == session)
    }

    @Test func `a busy server is waited for`() throws {
        let start = ContinuousClock.now
        #expect(try database.connection().row("SELECT SLEEP(2.5)")?.integer(0) == 0)
        #expect(ContinuousClock.now - start > .seconds(2))
    }

    @Test func `a script stops at its first failure and the connection stays usable`() throws {
        let connection = database.connection()
        #expect(
            mariaDBError {
                try connection.script(
                    "INSERT INTO t VALUES (2, 'b'); SELECT * FROM t; INSERT INTO none VALUES (1); DELETE FROM t")
            }?.code == 1146)
        #expect(try connection.rows("SELECT id FROM t").count == 2)
        try connection.script("SELECT 1; DELETE FROM t WHERE id = 2;\n-- the end\n")
        #expect(try connection.rows("SELECT id FROM t").count == 1)
    }

    @Test func `a prepared read of one row is quick`() throws {
        let connection = database.connection()
        var times: [Duration] = []
        for _ in 0..<2_000 {
            let start = ContinuousClock.now
            _ = try connection.row("SELECT v FROM t WHERE id = ?", [.integer(1)])
            times.append(ContinuousClock.now - start)
        }
        times.sort()
        print("a prepared read of one row: median \(times[1_000]), p99 \(times[1_980])")
        #expect(times[1_000] < .milliseconds(5))
    }
}
