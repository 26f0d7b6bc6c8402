import AuthDomain

/// Removes what is over, in small batches: any process may sweep, one at a time does.
struct Sweeper {
    let database: Database

    /// How long ended sessions and finished messages are kept for whoever looks into what happened.
    static let keeping: Duration = .seconds(7 * 86_400)
    /// How long codes and registrations are kept after their end: longer than any resend interval.
    static let grace: Duration = .seconds(86_400)
    /// The most rows of one kind that one sweep removes: whoever sweeps has other things to do in between.
    static let batch = 25

    /// What a sweep did.
    struct Outcome: Equatable {
        /// How many rows went.
        var removed = 0
        /// Whether there may be more.
        var isUnfinished = false
    }

    /// Sweeps once. Nothing is removed where another process of the same database sweeps.
    func sweep(at now: Timestamp) throws(AuthError) -> Outcome {
        let isMine = try database.row(
            "SELECT GET_LOCK(CONCAT('authfcgi-sweep.', LEFT(SHA2(DATABASE(), 256), 32)), 0)", []
        ) { row throws(MariaDBError) in try row.optionalInteger(0) == 1 }
        guard isMine == true else { return Outcome() }
        defer {
            // A lock that cannot be given back goes with its connection.
            _ = try? database.row("SELECT RELEASE_LOCK(CONCAT('authfcgi-sweep.', LEFT(SHA2(DATABASE(), 256), 32)))", [])
        }
        let kept = SQLValue.time(now - Self.keeping)
        let graced = SQLValue.time(now - Self.grace)
        var outcome = Outcome()
        try remove("DELETE FROM session WHERE expires_at < ? LIMIT 25", graced, &outcome)
        try remove("DELETE FROM session WHERE ended_at < ? LIMIT 25", kept, &outcome)
        try remove(
            """
            DELETE FROM account WHERE shadow_since < ? AND NOT EXISTS (
              SELECT 1 FROM session
              WHERE session.account = account.id AND session.kind = 'login' AND session.ended_at IS NULL)
            LIMIT 25
            """, graced, &outcome)
        try remove("DELETE FROM challenge WHERE expires_at < ? LIMIT 25", graced, &outcome)
        try remove("DELETE FROM pending_account WHERE expires_at < ? LIMIT 25", graced, &outcome)
        try remove("DELETE FROM rate_counter WHERE window_ends < ? LIMIT 25", graced, &outcome)
        try remove("DELETE FROM outbox WHERE finished_at < ? LIMIT 25", kept, &outcome)
        return outcome
    }

    private func remove(_ sql: StaticString, _ limit: SQLValue, _ outcome: inout Outcome) throws(AuthError) {
        let count = try database.execute(sql, [limit])
        outcome.removed += count
        if count == Self.batch { outcome.isUnfinished = true }
    }
}
