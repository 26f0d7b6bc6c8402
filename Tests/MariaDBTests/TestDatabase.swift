import Foundation

@testable import AuthFCGI

/// A database for one test, on the server that `AUTHFCGI_TEST_MARIADB_SOCKET` names or another; the present user may make
/// databases there. It is dropped with the last reference.
final class TestDatabase: Sendable {
    /// The server's socket; empty where there is none.
    static let socket = ProcessInfo.processInfo.environment["AUTHFCGI_TEST_MARIADB_SOCKET"] ?? ""
    /// Whether the tests are given a server.
    static let isThere = !socket.isEmpty

    let settings: MariaDBSettings

    /// A database with these tables and no others.
    init(tables: String = "", at socket: String = socket, user: String = NSUserName()) throws {
        signal(SIGPIPE, SIG_IGN)
        let name = "authfcgi_test_\(UInt64.random(in: 0...UInt64.max))"
        var settings = MariaDBSettings(
            hosts: [.socket(socket)], user: user, password: nil, database: "information_schema",
            connectTimeout: .seconds(3), queryTimeout: .seconds(5), tls: .off)
        try MariaDBConnection(settings).script(
            "CREATE DATABASE \(name) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        settings.database = name
        self.settings = settings
        if !tables.isEmpty { try connection().script(tables) }
    }

    deinit { try? connection().script("DROP DATABASE \(settings.database)") }

    /// A database with all migrations applied.
    static func migrated() throws -> TestDatabase {
        let database = try TestDatabase()
        _ = try MigrationRunner(database.settings, Migrations.all).run()
        return database
    }

    /// A new connection, to this database or through another socket.
    func connection(through socket: String? = nil) -> MariaDBConnection {
        var settings = settings
        if let socket { settings.hosts = [.socket(socket)] }
        return MariaDBConnection(settings)
    }
}
