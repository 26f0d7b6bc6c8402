/// Brings a schema up to date: each migration once, in order, by one process at a time.
struct MigrationRunner {
    private let settings: MariaDBSettings
    /// For statements that wait for another process, or change tables.
    private let patient: MariaDBSettings
    private let migrations: [Migration]
    private let lockWait: Duration

    /// The migrations numbered 1, 2, 3 and so on. `lockWait` is how long another process that migrates is waited for.
    init(_ settings: MariaDBSettings, _ migrations: [Migration], lockWait: Duration = .seconds(60)) {
        var patient = settings
        patient.queryTimeout = lockWait + .seconds(3_600)
        self.settings = settings
        self.patient = patient
        self.migrations = migrations
        self.lockWait = lockWait
    }

    /// All migrations and when each was applied. Changes nothing. The same refusals as `run`.
    func status() throws(MigrationError) -> [MigrationStatus] {
        try checkNumbers()
        return try onSession(of: settings) { connection throws(MariaDBError) in
            let isThere = try connection.row(
                """
                SELECT 1 FROM information_schema.tables
                WHERE table_schema = DATABASE() AND table_name = 'schema_migration'
                """)
            let applied = isThere == nil ? [:] : try Self.applied(connection)
            return try compare(applied, connection)
        }
    }

    /// Applies what is missing and returns it. `progress` is called before each.
    func run(progress: (Migration) -> Void = { _ in }) throws(MigrationError) -> [Migration] {
        try checkNumbers()
        return try onSession(of: patient) { connection throws(MariaDBError) in
            guard try lock(connection) else { return .failure(.busy) }
            let outcome = try apply(connection, progress)
            _ = try connection.row("SELECT RELEASE_LOCK(CONCAT('schema_migration.', LEFT(SHA2(DATABASE(), 256), 32)))")
            return outcome
        }
    }

    private func apply(_ connection: MariaDBConnection, _ progress: (Migration) -> Void)
        throws(MariaDBError) -> Result<[Migration], MigrationError>
    {
        _ = try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INT UNSIGNED NOT NULL PRIMARY KEY,
                name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
                checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                applied_at DATETIME(6) NOT NULL
            ) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin
            """)
        let standing: [MigrationStatus]
        switch try compare(try Self.applied(connection), connection) {
        case .success(let statuses): standing = statuses
        case .failure(let error): return .failure(error)
        }
        let missing = zip(migrations, standing).filter { $0.1.appliedAt == nil }.map(\.0)
        for migration in missing {
            progress(migration)
            try connection.script(migration.statements)
            _ = try connection.execute(
                "INSERT INTO schema_migration VALUES (?, ?, SHA2(?, 256), UTC_TIMESTAMP(6))",
                [.integer(Int64(migration.number)), .text(migration.name), .text(migration.statements)])
        }
        return .success(missing)
    }

    private func lock(_ connection: MariaDBConnection) throws(MariaDBError) -> Bool {
        let row = try connection.row(
            "SELECT GET_LOCK(CONCAT('schema_migration.', LEFT(SHA2(DATABASE(), 256), 32)), ?)",
            [.integer(Int64(lockWait.wholeMilliseconds / 1_000))])
        return try row?.optionalInteger(0) == 1
    }

    /// Holds what the database has against what is known here.
    private func compare(_ applied: [Int64: Applied], _ connection: MariaDBConnection)
        throws(MariaDBError) -> Result<[MigrationStatus], MigrationError>
    {
        if let newest = applied.keys.max(), newest > Int64(migrations.count) {
            return .failure(.unknown(number: Int(clamping: newest)))
        }
        var statuses: [MigrationStatus] = []
        for migration in migrations {
            let done = applied[Int64(migration.number)]
            if let done, try checksum(migration, connection) != done.checksum {
                return .failure(.changed(number: migration.number))
            }
            statuses.append(
                MigrationStatus(number: migration.number, name: migration.name, appliedAt: done?.at))
        }
        return .success(statuses)
    }

    private func checksum(_ migration: Migration, _ connection: MariaDBConnection) throws(MariaDBError) -> String? {
        try connection.row("SELECT SHA2(?, 256)", [.text(migration.statements)])?.text(0)
    }

    private struct Applied {
        let checksum: String
        let at: Int64
    }

    private static func applied(_ connection: MariaDBConnection) throws(MariaDBError) -> [Int64: Applied] {
        var applied: [Int64: Applied] = [:]
        for row in try connection.rows("SELECT version, checksum, applied_at FROM schema_migration") {
            applied[try row.integer(0)] = Applied(checksum: try row.text(1), at: try row.time(2))
        }
        return applied
    }

    private func checkNumbers() throws(MigrationError) {
        guard migrations.map(\.number) == Array(1..<migrations.count + 1) else { throw .misnumbered }
    }

    /// One session for all, since the lock is the session's.
    private func onSession<Value>(
        of settings: MariaDBSettings,
        _ body: (MariaDBConnection) throws(MariaDBError) -> Result<Value, MigrationError>
    ) throws(MigrationError) -> Value {
        let result: Result<Value, MigrationError>
        do {
            result = try MariaDBConnection(settings).pinned(body)
        } catch {
            throw .database(error)
        }
        return try result.get()
    }
}
