import Foundation

@testable import AuthFCGI

/// A database of a suite's own on the server that AUTHFCGI_TEST_MARIADB_SOCKET names, dropped with the last reference.
final class MariaDBTestDatabase: Sendable {
    static let socket = ProcessInfo.processInfo.environment["AUTHFCGI_TEST_MARIADB_SOCKET"] ?? ""
    static let isThere = !socket.isEmpty

    let settings: MariaDBSettings
    private let name: String

    init(socket: String = socket, user: String = NSUserName(), tables: String = "") throws {
        signal(SIGPIPE, SIG_IGN)
        name = "authfcgi_test_\(UInt64.random(in: 0...UInt64.max))"
        var settings = MariaDBSettings(
            hosts: [.socket(socket)], user: user, password: nil, database: "information_schema",
            connectTimeout: .seconds(3), queryTimeout: .seconds(5), tls: .off)
        try MariaDBConnection(settings).script(
            "CREATE DATABASE \(name) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        settings.database = name
        self.settings = settings
        if !tables.isEmpty { try connection().script(tables) }
    }

    deinit {
        try? connection().script("DROP DATABASE \(name)")
    }

    /// A new connection, to this database or through another socket.
    func connection(through socket: String? = nil) -> MariaDBConnection {
        var settings = settings
        if let socket { settings.hosts = [.socket(socket)] }
        return MariaDBConnection(settings)
    }
}

/// Runs a body on several threads at once and returns what each made.
func onThreads<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
    let group = DispatchGroup()
    let lock = NSLock()
    nonisolated(unsafe) var values: [Int: Value] = [:]
    for number in 0..<count {
        group.enter()
        Thread {
            let value = body(number)
            lock.withLock { unsafe values[number] = value }
            group.leave()
        }.start()
    }
    group.wait()
    return lock.withLock { (0..<count).compactMap { unsafe values[$0] } }
}

/// What a body throws, if it is a `MariaDBError`.
func mariaDBError(_ body: () throws -> Void) -> MariaDBError? {
    do {
        try body()
        return nil
    } catch {
        return error as? MariaDBError
    }
}
