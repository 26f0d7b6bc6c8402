import Logging

/// Sees to it that no worker serves on a schema that is not its own.
struct SchemaCheck {
    private let runner: MigrationRunner
    private let migrate: Configuration.Database.Migrate
    private let logger: Logger

    init(_ database: MariaDBSettings, _ migrate: Configuration.Database.Migrate, _ logger: Logger) {
        runner = MigrationRunner(database, Migrations.all)
        self.migrate = migrate
        self.logger = logger
    }

    /// Checks the schema, or brings it up to date where the configuration says so. A database that does not answer is
    /// no reason not to start: the service is there when the database is.
    func run() throws(StartFailure) {
        guard
            let missing = try attempt({ () throws(MigrationError) in
                try runner.status().filter { $0.appliedAt == nil }.count
            }), missing > 0
        else { return }
        switch migrate {
        case .check: throw StartFailure("database: the schema is older than this program; cure: authfcgi db migrate")
        case .auto:
            for migration in try attempt({ () throws(MigrationError) in try runner.run() }) ?? [] {
                logger.notice("schema migrated", metadata: ["migration": .string(migration.name)])
            }
        }
    }

    /// What `body` gives; nil when the database does not answer.
    private func attempt<Value>(_ body: () throws(MigrationError) -> Value) throws(StartFailure) -> Value? {
        do throws(MigrationError) {
            return try body()
        } catch {
            switch error {
            case .database(let error):
                logger.warning("the database does not answer yet", metadata: ["error": .string(error.description)])
                return nil
            case .unknown(let number):
                throw StartFailure("database: the schema has migration \(number), which this program does not know")
            case .changed(let number):
                throw StartFailure("database: migration \(number) was applied in another form than this program has")
            case .busy: throw StartFailure("database: somebody else migrates the schema")
            case .misnumbered: throw StartFailure("the program's migrations are not numbered 1, 2, 3 and so on")
            }
        }
    }
}
