import Foundation
import Synchronization
import Testing

@testable import AuthFCGI

/// A data folder that servers start from.
private final class Template: Sendable {
    let data: URL

    init() throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "authfcgi-template-\(UInt32.random(in: 0...UInt32.max))")
        let tables = directory.appending(path: "tmp")
        data = directory.appending(path: "data")
        try FileManager.default.createDirectory(at: tables, withIntermediateDirectories: true)
        try TestProcess([
            "mariadb-install-db", "--no-defaults", "--datadir=\(data.path)", "--tmpdir=\(tables.path)",
            "--user=\(NSUserName())", "--auth-root-authentication-method=normal", "--skip-test-db",
            "--innodb-log-file-size=4M",
        ]).wait()
        Template.folder.withLock { $0 = directory.path }
        atexit { Template.folder.withLock { path in path.map { try? FileManager.default.removeItem(atPath: $0) } } }
    }

    /// What is removed when the tests end.
    private static let folder = Mutex<String?>(nil)
}

/// How late the machine is at what it was asked to do: what a busy one adds to any time that is measured beside it.
final class Lateness: Sendable {
    private let worst = Mutex(Duration.zero)
    private let isOver = Atomic(false)

    init() {
        Thread { [self] in
            while !isOver.load(ordering: .relaxed) {
                let start = ContinuousClock.now
                usleep(5_000)
                let late = ContinuousClock.now - start - .milliseconds(5)
                worst.withLock { $0 = max($0, late) }
            }
        }.start()
    }

    /// The longest by which a sleep was too long, from the beginning until now; the measuring ends.
    func end() -> Duration {
        isOver.store(true, ordering: .relaxed)
        return worst.withLock { $0 }
    }
}

/// A server of the test's own, killed with the last reference.
final class OwnServer {
    let database: TestDatabase
    private let directory: URL
    private let process: TestProcess

    /// An empty data folder, made once and copied: that is faster than to make each.
    private static let template = Result { try Template() }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(
            path: "authfcgi-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.copyItem(at: try Self.template.get().data, to: directory)
        let socket = directory.appending(path: "s").path
        process = try TestProcess([
            "mariadbd", "--no-defaults", "--datadir=\(directory.path)", "--user=\(NSUserName())", "--socket=\(socket)",
            "--skip-networking", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=4M",
        ])
        for _ in 0..<6_000 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
        database = try TestDatabase(
            tables: """
                CREATE TABLE t (id INT PRIMARY KEY); CREATE USER plain IDENTIFIED BY 'a password';
                GRANT ALL ON `authfcgi%`.* TO plain
                """, at: socket, user: "root")
    }

    deinit {
        process.end()
        try? FileManager.default.removeItem(at: directory)
    }

    func signal(_ number: Int32) {
        kill(process.identifier, number)
        // A thread that runs on another processor goes on for a moment after the signal was sent.
        for _ in 0..<1_000 where number == SIGSTOP && !isStopped { usleep(1_000) }
    }

    /// Whether each of its threads is stopped (proc(5), `stat`: the state comes after the name in brackets).
    private var isStopped: Bool {
        let tasks = "/proc/\(process.identifier)/task"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return names.allSatisfy { name in
            let status = (try? String(contentsOfFile: "\(tasks)/\(name)/stat", encoding: .utf8)) ?? ""
            return status.split(separator: ")").last?.hasPrefix(" T") == true
        }
    }

    func signal(_ number: Int32, after seconds: Double) {
        let process = process.identifier
        Thread {
            Thread.sleep(forTimeInterval: seconds)
            kill(process, number)
        }.start()
    }
}

@Suite(.enabled(if: TestDatabase.isThere), .serialized)
struct MariaDBStoppedServerTests {
    let server: OwnServer

    init() throws { server = try OwnServer() }

    /// How long `body` took to fail, less what the machine was late by meanwhile.
    private func time(_ kinds: [MariaDBError.Kind], _ body: () throws -> Void) -> Duration {
        let lateness = Lateness()
        let start = ContinuousClock.now
        let error = mariaDBError(body)
        let taken = ContinuousClock.now - start
        #expect(error.map { kinds.contains($0.kind) } == true, "\(String(describing: error))")
        return taken - lateness.end() * 4
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

    @Test func `a server that needs two seconds for a session is waited for where that is configured`() throws {
        var settings = server.database.settings
        settings.connectTimeout = .seconds(20)
        server.signal(SIGSTOP)
        server.signal(SIGCONT, after: 2)
        #expect(try MariaDBConnection(settings).row("SELECT 1")?.integer(0) == 1)
    }

    @Test func `a server stopped between a transaction's statement and its COMMIT gives an error within two seconds`()
        throws
    {
        let connection = server.database.connection()
        var start = ContinuousClock.now
        let lateness = Lateness()
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
        let taken = ContinuousClock.now - start - lateness.end() * 4
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
        let lateness = Lateness()
        let ended = ContinuousClock.now + .milliseconds(300)
        server.signal(signal, after: 0.3)
        let error = mariaDBError { _ = try connection.row("SELECT SLEEP(4)") }
        let taken = ContinuousClock.now - ended - lateness.end() * 4
        print("ended by \(signal): noticed after \(taken), \(String(describing: error))")
        #expect(error?.kind == .refused || error?.kind == .lost)
        #expect(taken < .seconds(1))
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
