import Foundation
import Synchronization

@testable import AuthFCGI

/// A database of a real MariaDB for one test, with the schema of this version. `AUTHFCGI_TEST_MARIADB_SOCKET` names
/// the server's socket; the present user may make databases there. It goes with the last reference.
final class TestDatabase: Sendable {
    private static let counter = Atomic(0)
    private static let socket = ProcessInfo.processInfo.environment["AUTHFCGI_TEST_MARIADB_SOCKET"]

    /// Whether the tests are given a server.
    static var isThere: Bool { socket?.isEmpty == false }

    let settings: MariaDBSettings

    private init(_ settings: MariaDBSettings) { self.settings = settings }

    deinit { try? Self.command("DROP DATABASE IF EXISTS \(settings.database)") }

    /// An empty database.
    static func empty() throws -> TestDatabase {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let name = "authfcgi_test_\(getpid())_\(number)"
        try command("CREATE DATABASE \(name)")
        return TestDatabase(settings(of: name))
    }

    /// A database with all migrations applied.
    static func migrated() throws -> TestDatabase {
        let database = try empty()
        _ = try MigrationRunner(database.settings, Migrations.all).run()
        return database
    }

    private static func command(_ sql: String) throws {
        try MariaDBConnection(settings(of: "information_schema")).script(sql)
    }

    private static func settings(of database: String) -> MariaDBSettings {
        MariaDBSettings(
            hosts: [.socket(socket ?? "")], user: NSUserName(), password: nil, database: database,
            connectTimeout: .seconds(3), queryTimeout: .seconds(10), tls: .off)
    }
}
