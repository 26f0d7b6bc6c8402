import Foundation
import Testing

@testable import AuthFCGI

/// A server of the test's own, killed with the last reference.
final class OwnServer {
    let database: MariaDBTestDatabase
    private let directory: URL
    private let process: MariaDBTestProcess

    init() throws {
        directory = URL(filePath: "/tmp/own-mariadb-\(UInt64.random(in: 0...UInt64.max))")
        try MariaDBTestProcess([
            "mariadb-install-db", "--no-defaults", "--datadir=\(directory.path)", "--user=\(NSUserName())",
            "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=4M",
        ]).wait()
        let socket = directory.appending(path: "s").path
        process = try MariaDBTestProcess([
            "mariadbd", "--no-defaults", "--datadir=\(directory.path)", "--user=\(NSUserName())", "--socket=\(socket)",
            "--skip-networking", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=4M",
        ])
        for _ in 0..<1_000 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
        database = try MariaDBTestDatabase(
            socket: socket, user: "root",
            tables: """
                CREATE TABLE t (id INT PRIMARY KEY); CREATE USER plain IDENTIFIED BY 'a password';
                GRANT ALL ON `authfcgi%`.* TO plain
                """)
    }

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: directory)
    }

    func signal(_ number: Int32) {
        kill(process.identifier, number)
    }

    func signal(_ number: Int32, after seconds: Double) {
        let process = process.identifier
        Thread {
            Thread.sleep(forTimeInterval: seconds)
            kill(process, number)
        }.start()
    }
}

@Suite(.enabled(if: MariaDBTestDatabase.isThere), .serialized)
struct MariaDBStoppedServerTests {
    let server: OwnServer

    init() throws { server = try OwnServer() }

    private func time(_ kinds: [MariaDBError.Kind], _ body: () throws -> Void) -> Duration {
        let start = ContinuousClock.now
        let error = mariaDBError(body)
        #expect(error.map { kinds.contains($0.kind) } == true, "\(String(describing: error))")
        return ContinuousClock.now - start
    }

    @Test func `a stopped server gives an error within two seconds and is used again when it goes on`() throws {
        let connection = server.database.connection()
        let writer = server.database.connection()
        _ = try connection.row("SELECT 1")
        _ = try writer.row("SELECT 1")
        server.signal(SIGSTOP)
        let read = time([.timeout, .refused]) { _ = try connection.row("SELECT 1") }
        let again = time([.refused]) { _ = try connection.row("SELECT 1") }
        let fresh = time([.refused]) { _ = try server.database.connection().row("SELECT 1") }
        let write = time([.timeout, .refused]) {
            _ = try writer.transaction(resolvingDoubt: { _ throws(MariaDBError) in false }) {
                connection throws(MariaDBError) in
                .commit(try connection.execute("INSERT INTO t VALUES (1)"))
            }
        }
        server.signal(SIGCONT)
        print("stopped: read \(read), read again \(again), fresh \(fresh), write \(write)")
        for taken in [read, again, fresh, write] { #expect(taken < .seconds(2)) }
        #expect(try connection.row("SELECT 1")?.integer(0) == 1)
        #expect(try writer.execute("INSERT INTO t VALUES (2)") == 1)
    }

    @Test func `a server stopped between a transaction's statement and its COMMIT gives an error within two seconds`()
        throws
    {
        let connection = server.database.connection()
        var start = ContinuousClock.now
        let error = mariaDBError {
            try connection.transaction(resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row("SELECT 1 FROM t WHERE id = 1 FOR UPDATE") != nil
            }) { connection throws(MariaDBError) in
                _ = try connection.execute("INSERT INTO t VALUES (1)")
                server.signal(SIGSTOP)
                start = .now
                return .commit(())
            }
        }
        let taken = ContinuousClock.now - start
        server.signal(SIGCONT)
        print("stopped at COMMIT: \(taken)")
        #expect(error?.kind == .lost)
        #expect(taken < .seconds(2))
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func `a server that ends during a statement is noticed at once`(signal: Int32) throws {
        let server = server
        let connection = server.database.connection()
        _ = try connection.row("SELECT 1")
        let ended = ContinuousClock.now + .milliseconds(300)
        server.signal(signal, after: 0.3)
        let error = mariaDBError { _ = try connection.row("SELECT SLEEP(4)") }
        print("ended by \(signal): noticed after \(ContinuousClock.now - ended), \(String(describing: error))")
        #expect(error?.kind == .refused || error?.kind == .lost)
        #expect(ContinuousClock.now - ended < .seconds(1))
    }

    @Test func `a password opens, a wrong one does not, and a server that only reads counts as lost`() throws {
        var settings = server.database.settings
        settings.user = "plain"
        settings.password = "a password"
        let connection = MariaDBConnection(settings)
        #expect(try connection.execute("INSERT INTO t VALUES (1)") == 1)
        settings.password = "wrong"
        let refused = mariaDBError { _ = try MariaDBConnection(settings).row("SELECT 1") }
        #expect(refused?.kind == .refused)
        #expect(refused?.message.contains("wrong") == false)
        try server.database.connection().script("SET GLOBAL read_only = 1")
        #expect(mariaDBError { _ = try connection.execute("INSERT INTO t VALUES (2)") }?.kind == .lost)
        try server.database.connection().script("SET GLOBAL read_only = 0")
        #expect(try connection.execute("INSERT INTO t VALUES (2)") == 1)
    }
}
