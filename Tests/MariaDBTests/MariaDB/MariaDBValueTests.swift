import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct MariaDBValueTests {
    let database: TestDatabase

    init() throws {
        database = try TestDatabase(
            tables: """
                CREATE TABLE v (id INT PRIMARY KEY, o LONGBLOB, t LONGTEXT, i BIGINT, d DATETIME(6), u BIGINT UNSIGNED,
                    s VARBINARY(16), c VARCHAR(64), b BOOLEAN, y YEAR, j JSON, n DECIMAL(10, 2))
                """)
    }

    @Test(arguments: [.octets([]), .octets([0]), .octets([0, 255, 0, 39, 92]), .null] as [SQLValue])
    func `octets come back as they went`(value: SQLValue) throws {
        let connection = database.connection()
        #expect(try connection.execute("INSERT INTO v (id, o) VALUES (1, ?)", [value]) == 1)
        #expect(try connection.row("SELECT o FROM v WHERE o <=> ?", [value])?.values == [value])
    }

    @Test(arguments: [128, 129, 8 << 20])
    func `so many octets come back as they went`(count: Int) throws {
        let connection = database.connection()
        let octets = [UInt8](repeating: 9, count: count)
        #expect(try connection.execute("INSERT INTO v (id, o) VALUES (1, ?)", [.octets(octets)]) == 1)
        let isTheSame = try connection.row("SELECT o FROM v WHERE o = ?", [.octets(octets)])?.octets(0) == octets
        #expect(isTheSame)
    }

    @Test(arguments: [("", 1), ("a\u{0}b", 1), ("𝄞😀", 1), ("it's \\ \"", 1), ("é", 1 << 20)])
    func `text comes back as it went`(part: String, count: Int) throws {
        let connection = database.connection()
        let text = String(repeating: part, count: count)
        _ = try connection.execute("INSERT INTO v (id, t) VALUES (1, ?)", [.text(text)])
        let isTheSame = try connection.row("SELECT t FROM v WHERE t = ?", [.text(text)])?.text(0) == text
        #expect(isTheSame)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, Int64.max])
    func `integers come back as they went`(integer: Int64) throws {
        let connection = database.connection()
        _ = try connection.execute("INSERT INTO v (id, i) VALUES (1, ?)", [.integer(integer)])
        #expect(try connection.row("SELECT i FROM v WHERE i = ?", [.integer(integer)])?.integer(0) == integer)
    }

    @Test(arguments: [CivilTime.range.lowerBound, -1, 0, 1, 951_782_400_123_456, CivilTime.range.upperBound])
    func `times come back as they went`(time: Int64) throws {
        let connection = database.connection()
        _ = try connection.execute("INSERT INTO v (id, d) VALUES (1, ?)", [.time(time)])
        #expect(try connection.row("SELECT d FROM v WHERE d = ?", [.time(time)])?.time(0) == time)
        let seconds = "\(time >= 0 ? time / 1_000_000 : (time - 999_999) / 1_000_000)"
        #expect(
            try connection.row(
                "SELECT CAST(TIMESTAMPDIFF(SECOND, '1970-01-01', d - INTERVAL MICROSECOND(d) MICROSECOND) AS CHAR) FROM v"
            )?
            .text(0) == seconds)
    }

    @Test func `a time outside the calendar is refused before it is sent`() throws {
        let connection = database.connection()
        #expect(
            mariaDBError { _ = try connection.execute("INSERT INTO v (id, d) VALUES (1, ?)", [.time(.max)]) }?.kind
                == .other)
        #expect(try connection.rows("SELECT 1 FROM v").isEmpty)
    }

    @Test func `each type of column has its value`() throws {
        let connection = database.connection()
        try connection.script(
            "INSERT INTO v VALUES (1, NULL, NULL, NULL, NULL, 18446744073709551615, x'00ff', 'c', TRUE, 2024, '{}', 1.5)"
        )
        let row = try #require(try connection.row("SELECT s, c, b, y, j, n, o, d, COUNT(*), TRUE FROM v"))
        #expect(
            row.values == [
                .octets([0, 255]), .text("c"), .integer(1), .integer(2024), .text("{}"), .text("1.50"), .null, .null,
                .integer(1), .integer(1),
            ])
        #expect(try row.isNull(6))
        #expect(try row.optionalTime(7) == nil)
        #expect(mariaDBError { _ = try row.text(0) }?.kind == .other)
        #expect(mariaDBError { _ = try row.octets(6) }?.kind == .other)
        #expect(mariaDBError { _ = try row.integer(10) }?.kind == .other)
        #expect(mariaDBError { _ = try row.integer(-1) }?.kind == .other)
        #expect(mariaDBError { _ = try connection.row("SELECT u FROM v") }?.kind == .other)
        #expect(try connection.row("SELECT i FROM v")?.optionalInteger(0) == nil)
    }

    @Test func `many rows come in order, long ones between short ones`() throws {
        let connection = database.connection()
        let values = (0..<300).map { [UInt8](repeating: UInt8($0 % 251), count: $0) }
        for (id, octets) in values.enumerated() {
            _ = try connection.execute("INSERT INTO v (id, o) VALUES (?, ?)", [.integer(Int64(id)), .octets(octets)])
        }
        let rows = try connection.rows("SELECT o, id FROM v ORDER BY id")
        #expect(try rows.map { try $0.octets(0) } == values)
        #expect(connection.preparedStatements == 2)
    }

    @Test func `statements of one session do not mix their columns`() throws {
        let connection = database.connection()
        for turn in 0..<3 {
            let wide = try #require(
                try connection.row(
                    """
                    SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                      28, 29, 30, 31, 32, NULL, 'a', 35, REPEAT('b', 500), 37
                    """))
            let number = Int64(turn)
            let narrow = try #require(try connection.row("SELECT NULL, 'x', ?, REPEAT('y', 128)", [.integer(number)]))
            let other = try #require(try connection.row("SELECT ?, NULL, REPEAT('z', 129)", [.integer(-number)]))
            let numbers = (1...32).map { SQLValue.integer($0) }
            #expect(
                wide.values == numbers + [
                    .null, .text("a"), .integer(35), .text(String(repeating: "b", count: 500)), .integer(37),
                ])
            #expect(
                narrow.values == [.null, .text("x"), .integer(number), .text(String(repeating: "y", count: 128))])
            #expect(other.values == [.integer(-number), .null, .text(String(repeating: "z", count: 129))])
        }
        #expect(connection.preparedStatements == 3)
    }

    @Test func `an update that changes nothing still counts its row`() throws {
        let connection = database.connection()
        _ = try connection.execute("INSERT INTO v (id, i) VALUES (1, 5)")
        #expect(try connection.execute("UPDATE v SET i = 5 WHERE id = 1") == 1)
        #expect(try connection.execute("UPDATE v SET i = 5 WHERE id = 2") == 0)
    }

    @Test func `a value too many or too few is refused`() {
        let connection = database.connection()
        #expect(mariaDBError { _ = try connection.row("SELECT ?") }?.kind == .other)
        #expect(mariaDBError { _ = try connection.row("SELECT 1", [.null]) }?.kind == .other)
    }

    @Test func `sessions are strict, in UTC and READ COMMITTED`() throws {
        let row = try database.connection().row(
            """
            SELECT @@time_zone, @@tx_isolation, @@character_set_client, @@sql_mode, @@innodb_lock_wait_timeout,
            CAST(@@max_statement_time AS SIGNED)
            """)
        let values = try #require(row)
        #expect(try values.text(0) == "+00:00")
        #expect(try values.text(1) == "READ-COMMITTED")
        #expect(try values.text(2) == "utf8mb4")
        #expect(try values.text(3).contains("STRICT_ALL_TABLES"))
        #expect(try values.integer(4) == 1)
        #expect(try values.integer(5) == 5)
    }
}
