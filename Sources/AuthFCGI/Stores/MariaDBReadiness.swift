import AuthDomain

/// Whether the database answers and its schema is the one that this program was made for.
struct MariaDBReadiness: Readiness {
    let database: Database
    /// By what ranges of numbers are judged.
    let ranges: RangePolicy

    func backlog(at now: Timestamp) throws(AuthError) -> Backlog {
        let days = try database.rows(
            "SELECT subject, count FROM rate_counter WHERE name = ? AND window_ends > ?",
            [.key(RateCounter.Name.allMessages.rawValue), .time(now)]
        ) { row throws(MariaDBError) in (try row.key(0), Int(clamping: try row.integer(1))) }
        let sent = Dictionary(days) { first, _ in first }
        let stopped = try stoppedRanges(at: now)
        let row = try database.row(
            "SELECT COUNT(*), MIN(created_at) FROM outbox WHERE next_attempt_at IS NOT NULL", []
        ) { row throws(MariaDBError) in
            Backlog(
                waiting: Int(try row.integer(0)), oldest: try row.isNull(1) ? nil : row.moment(1),
                mails: sent[Medium.mail.rawValue] ?? 0, texts: sent[Medium.sms.rawValue] ?? 0, stoppedRanges: stopped)
        }
        return row ?? Backlog(waiting: 0, oldest: nil)
    }

    private func stoppedRanges(at now: Timestamp) throws(AuthError) -> Int {
        guard ranges.judgedAfter > 0 else { return 0 }
        return try database.rows(
            "SELECT subject, count, used, carried, window_ends FROM rate_counter WHERE name = ? AND window_ends > ?",
            [.key(RateCounter.Name.ranges.rawValue), .time(now)]
        ) { row throws(MariaDBError) in
            try RangeCounter(range: row.key(0), judging: ranges).stops(RangeCounter.State(row, from: 1))
        }.count { $0 }
    }

    func faults() -> [String] {
        let expected = Migrations.all.map { Int64($0.number) }.max() ?? 0
        do throws(AuthError) {
            let version = try version() ?? 0
            return version == expected
                ? [] : ["database: schema version \(version), not \(expected): run authfcgi db migrate"]
        } catch {
            return ["database: no answer"]
        }
    }

    /// The schema's version; nil when there is none.
    private func version() throws(AuthError) -> Int64? {
        let table = try database.row(
            """
            SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migration'
            """, [])
        guard table != nil else { return nil }
        return try database.row("SELECT version FROM schema_migration ORDER BY version DESC LIMIT 1", []) {
            row throws(MariaDBError) in try row.integer(0)
        }
    }
}
