import AuthDomain
import AuthTestSupport
import Foundation
import Testing

@testable import AuthFCGI

/// The stores of one thread.
struct Ports {
    let accounts: any AccountStore
    let sessions: any SessionStore
    let challenges: any ChallengeStore
    let limits: any RateLimiter
}

/// What the ports' contract is checked against: the in-memory double, and MariaDB where the tests are given one.
enum PortsBackend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, mariadb

    static var available: [PortsBackend] { TestDatabase.isThere ? allCases : [.memory] }

    var testDescription: String { rawValue }

    /// An empty world: each call of what it returns gives the stores of one more thread.
    func world() throws -> @Sendable () -> Ports {
        switch self {
        case .memory:
            let store = InMemoryStore()
            return { Ports(accounts: store, sessions: store, challenges: store, limits: store) }
        case .mariadb:
            let database = try TestDatabase.migrated()
            let keys = try KeyRing.parse(TestKeys.line())
            let codes = try CodeMAC(keys: keys)
            let sealer = try PayloadSealer(keys: keys, random: SystemRandom())
            return {
                let connection = Database(ConnectionPool(database.settings)) { error in
                    FileHandle.standardError.write(Data("database: \(error)\n".utf8))
                }
                return Ports(
                    accounts: MariaDBAccountStore(
                        database: connection, outbox: Outbox(sealer: sealer, wake: {})),
                    sessions: MariaDBSessionStore(
                        database: connection, outbox: Outbox(sealer: sealer, wake: {})),
                    challenges: MariaDBChallengeStore(
                        database: connection, codes: codes, outbox: Outbox(sealer: sealer, wake: {})),
                    limits: MariaDBRateLimiter(database: connection))
            }
        }
    }
}
