import AuthDomain

/// Removes what is over, in small batches: any process may sweep, one at a time does.
struct Sweeper {
    let database: Database

    /// How long ended sessions and finished messages are kept for whoever looks into what happened.
    static let keeping: Duration = .seconds(7 * 86_400)
    /// How long codes and registrations are kept after their end: longer than any resend interval.
    static let grace: Duration = .seconds(86_400)

    /// Sweeps once; how many rows went. Zero also when another process sweeps.
    func sweep(at now: Timestamp) throws(AuthError) -> Int {
        let isMine = try database.row("SELECT GET_LOCK('authfcgi-sweep', 0)", []) { row throws(MariaDBError) in
            try row.integer(0) == 1
        }
        guard isMine == true else { return 0 }
        let kept = SQLValue.time(now - Self.keeping)
        let graced = SQLValue.time(now - Self.grace)
        var removed = 0
        removed += try all("DELETE FROM session WHERE expires_at < ? LIMIT 500", graced)
        removed += try all("DELETE FROM session WHERE ended_at < ? LIMIT 500", kept)
        removed += try all("DELETE FROM challenge WHERE expires_at < ? LIMIT 500", graced)
        removed += try all("DELETE FROM pending_account WHERE expires_at < ? LIMIT 500", graced)
        removed += try all("DELETE FROM rate_counter WHERE window_ends < ? LIMIT 500", graced)
        removed += try all("DELETE FROM outbox WHERE finished_at < ? LIMIT 500", kept)
        _ = try database.row("SELECT RELEASE_LOCK('authfcgi-sweep')", [])
        return removed
    }

    private func all(_ sql: StaticString, _ limit: SQLValue) throws(AuthError) -> Int {
        var removed = 0
        while true {
            let count = try database.execute(sql, [limit])
            removed += count
            if count < 500 { return removed }
        }
    }
}
