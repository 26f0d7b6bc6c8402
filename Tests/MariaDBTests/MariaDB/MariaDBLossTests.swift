import Foundation
import Testing

@testable import AuthFCGI

/// A running `wire_cutter.py`, ended with the last reference.
final class WireCutter {
    static let script = ProcessInfo.processInfo.environment["AUTHFCGI_TEST_WIRE_CUTTER"] ?? ""
    static let isThere = TestDatabase.isThere && !script.isEmpty

    let socket: String
    private let directory: URL
    private let process: TestProcess

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(
            path: "cutter-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        socket = directory.appending(path: "socket").path
        process = try TestProcess([
            "python3", Self.script, socket, TestDatabase.socket, directory.appending(path: "order").path,
        ])
        for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
    }

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: directory)
    }

    func order(_ order: String) throws {
        try order.write(to: directory.appending(path: "order"), atomically: true, encoding: .utf8)
    }

    var wasObeyed: Bool { !FileManager.default.fileExists(atPath: directory.appending(path: "order").path) }
}

@Suite(.enabled(if: TestDatabase.isThere))
struct MariaDBLossTests {
    let database: TestDatabase

    init() throws {
        database = try TestDatabase(tables: "CREATE TABLE t (id INT PRIMARY KEY)")
    }

    private func insert(_ connection: MariaDBConnection, resolve: Bool, attempts: inout Int) throws {
        var count = 0
        defer { attempts = count }
        try connection.transaction(
            resolvingDoubt: resolve
                ? { connection throws(MariaDBError) in
                    try connection.row("SELECT 1 FROM t WHERE id = 1 FOR UPDATE") != nil
                } : nil
        ) { connection throws(MariaDBError) in
            count += 1
            _ = try connection.execute("INSERT INTO t VALUES (1)")
            return .commit(())
        }
    }

    private var count: Int64? {
        get throws { try database.connection().row("SELECT COUNT(*) FROM t")?.integer(0) }
    }

    @Test(.enabled(if: WireCutter.isThere))
    func `a transaction whose COMMIT never arrived is done again`() throws {
        let cutter = try WireCutter()
        let connection = database.connection(through: cutter.socket)
        var attempts = 0
        try cutter.order("before COMMIT")
        try insert(connection, resolve: true, attempts: &attempts)
        #expect(cutter.wasObeyed)
        #expect(attempts == 2)
        #expect(try count == 1)
    }

    @Test(.enabled(if: WireCutter.isThere))
    func `a transaction whose COMMIT was answered to nobody is found done`() throws {
        let cutter = try WireCutter()
        let connection = database.connection(through: cutter.socket)
        var attempts = 0
        try cutter.order("after COMMIT")
        try insert(connection, resolve: true, attempts: &attempts)
        #expect(cutter.wasObeyed)
        #expect(attempts == 1)
        #expect(try count == 1)
    }

    @Test(.enabled(if: WireCutter.isThere), arguments: ["before COMMIT", "after COMMIT"])
    func `a COMMIT in doubt that nobody can resolve is told`(order: String) throws {
        let cutter = try WireCutter()
        let connection = database.connection(through: cutter.socket)
        var attempts = 0
        try cutter.order(order)
        #expect(mariaDBError { try insert(connection, resolve: false, attempts: &attempts) }?.kind == .lost)
        #expect(attempts == 1)
        #expect(try count == (order == "after COMMIT" ? 1 : 0))
    }

    @Test(.enabled(if: WireCutter.isThere), arguments: 1...5)
    func `a transaction cut at any packet is done exactly once`(packet: Int) throws {
        let cutter = try WireCutter()
        let connection = database.connection(through: cutter.socket)
        _ = try connection.row("SELECT 1")
        var attempts = 0
        try cutter.order("packet \(packet)")
        try insert(connection, resolve: true, attempts: &attempts)
        #expect(try count == 1)
    }

    @Test(.enabled(if: WireCutter.isThere))
    func `a write cut while under way is not repeated, unless it may be`() throws {
        let cutter = try WireCutter()
        let connection = database.connection(through: cutter.socket)
        #expect(try connection.execute("INSERT INTO t VALUES (1)") == 1)
        try cutter.order("packet 1")
        #expect(mariaDBError { _ = try connection.execute("INSERT INTO t VALUES (1)") }?.kind == .lost)
        #expect(mariaDBError { _ = try connection.execute("DELETE FROM t WHERE id = 1") } == nil)
        try cutter.order("packet 1")
        #expect(try connection.execute("DELETE FROM t WHERE id = 1", idempotent: true) == 0)
        try cutter.order("packet 1")
        #expect(try connection.rows("SELECT id FROM t").isEmpty)
    }

    @Test func `a session killed between statements is replaced unseen`() throws {
        let connection = database.connection()
        for id in 0..<5 {
            let session = try #require(try connection.row("SELECT CONNECTION_ID()")?.integer(0))
            try database.connection().script("KILL CONNECTION \(session)")
            usleep(20_000)
            #expect(try connection.execute("INSERT INTO t VALUES (?)", [.integer(Int64(id))]) == 1)
            #expect(try connection.row("SELECT CONNECTION_ID()")?.integer(0) != session)
        }
        #expect(try count == 5)
    }

    @Test func `a session killed within a transaction costs one repetition`() throws {
        let database = database
        var attempts = 0
        try database.connection().transaction { connection throws(MariaDBError) in
            attempts += 1
            _ = try connection.execute("INSERT INTO t VALUES (1)")
            if attempts == 1, let session = try connection.row("SELECT CONNECTION_ID()")?.integer(0) {
                try database.connection().script("KILL CONNECTION \(session)")
            }
            _ = try connection.execute("INSERT INTO t VALUES (2)")
            return .commit(())
        }
        #expect(attempts == 2)
        #expect(try count == 2)
    }

    @Test func `an idle session that the server closes is replaced unseen`() throws {
        let connection = database.connection()
        try connection.script("SET SESSION wait_timeout = 1")
        usleep(1_500_000)
        #expect(try connection.execute("INSERT INTO t VALUES (1)") == 1)
    }

    @Test func `the next host is taken when one is not there`() throws {
        var settings = database.settings
        settings.hosts = [.socket("/nonexistent/socket"), .tcp("127.0.0.1", 1)] + settings.hosts
        #expect(try MariaDBConnection(settings).execute("INSERT INTO t VALUES (1)") == 1)
    }

    @Test func `no host at all is told at once`() {
        var settings = database.settings
        settings.hosts = [.socket("/nonexistent/socket"), .tcp("127.0.0.1", 1)]
        let start = ContinuousClock.now
        #expect(mariaDBError { _ = try MariaDBConnection(settings).row("SELECT 1") }?.kind == .refused)
        #expect(ContinuousClock.now - start < .milliseconds(500))
    }
}
