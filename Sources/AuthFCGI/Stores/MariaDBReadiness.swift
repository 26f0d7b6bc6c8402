import AuthDomain

/// Whether the database answers and its schema is the one that this program was made for.
struct MariaDBReadiness: Readiness {
    let database: Database

    func backlog() throws(AuthError) -> Backlog {
        let row = try database.row(
            "SELECT COUNT(*), MIN(created_at) FROM outbox WHERE next_attempt_at IS NOT NULL", []
        ) { row throws(MariaDBError) in
            Backlog(waiting: Int(try row.integer(0)), oldest: try row.isNull(1) ? nil : row.moment(1))
        }
        return row ?? Backlog(waiting: 0, oldest: nil)
    }

    func faults() -> [String] {
        do throws(AuthError) {
            let version = try database.row("SELECT version FROM schema_migration ORDER BY version DESC LIMIT 1", []) {
                row throws(MariaDBError) in try row.integer(0)
            }
            let expected = Migrations.all.map { Int64($0.number) }.max() ?? 0
            return version == expected
                ? [] : ["database: schema version \(version ?? 0), not \(expected): run authfcgi db migrate"]
        } catch {
            return ["database: no answer"]
        }
    }
}
