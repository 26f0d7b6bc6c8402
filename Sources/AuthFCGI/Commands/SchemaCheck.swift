import Logging

/// Sees to it that no worker serves on a schema that is not its own.
struct SchemaCheck {
    private let runner: MigrationRunner
    private let migrate: Configuration.Database.Migrate
    private let logger: Logger

    /// - Parameter lockWait: how long another process that migrates is waited for.
    init(
        _ database: MariaDBSettings, _ migrate: Configuration.Database.Migrate, _ logger: Logger,
        lockWait: Duration = .seconds(60)
    ) {
        runner = MigrationRunner(database, Migrations.all, lockWait: lockWait)
        self.migrate = migrate
        self.logger = logger
    }

    /// Checks the schema, or brings it up to date where the configuration says so.
    /// - Returns: why the database did not answer; nil when the schema is this program's.
    func run() throws(StartFailure) -> MariaDBError? {
        do throws(MigrationError) {
            if try isCurrent() { return nil }
        } catch {
            switch error {
            case .database(let error): return error
            case .unknown, .changed, .busy, .misnumbered: throw StartFailure(error.description)
            }
        }
        throw StartFailure("database: the schema is older than this program; cure: authfcgi db migrate")
    }

    /// Whether the schema is this program's, once what is missing has been applied where that is wished.
    private func isCurrent() throws(MigrationError) -> Bool {
        guard try runner.status().contains(where: { $0.appliedAt == nil }) else { return true }
        switch migrate {
        case .check: return false
        case .auto:
            for migration in try runner.run() {
                logger.notice("schema migrated", metadata: ["migration": .string(migration.name)])
            }
            return true
        }
    }
}
