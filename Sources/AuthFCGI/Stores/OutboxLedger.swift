import AuthDomain

/// The outbox as an administrator sees it: no address and no content.
struct OutboxLedger {
    /// One message.
    struct Entry: Sendable {
        let id: Int64
        let medium: String
        let realm: String
        /// `waiting`, `leased`, `failed` or `expired`.
        let state: String
        let attempts: Int64
        let created: Timestamp
        /// When it is tried next, or its lease ends; nil when it is over.
        let due: Timestamp?
        let expires: Timestamp
        /// Why it was not delivered the last time.
        let reason: String?
    }

    let database: Database

    /// The messages that wait, and those that failed or expired, the newest first.
    func entries(limit: Int, at now: Timestamp) throws(AuthError) -> [Entry] {
        try database.rows(
            """
            SELECT id, COALESCE(medium, ''), realm,
              COALESCE(outcome, IF(lease IS NOT NULL AND next_attempt_at > ?, 'leased', 'waiting')),
              attempts, created_at, next_attempt_at, expires_at, reason
            FROM outbox WHERE outcome IS NULL OR outcome IN ('failed', 'expired') ORDER BY id DESC LIMIT ?
            """, [.time(now), .integer(Int64(limit))]
        ) { row throws(MariaDBError) in
            Entry(
                id: try row.integer(0), medium: try row.text(1), realm: try row.key(2), state: try row.text(3),
                attempts: try row.integer(4), created: try row.moment(5),
                due: try row.isNull(6) ? nil : try row.moment(6), expires: try row.moment(7),
                reason: try row.optionalText(8))
        }
    }

    /// Makes messages due that wait for their next attempt: those of these ids, or all; how many.
    func retry(_ ids: [Int64], at now: Timestamp) throws(AuthError) -> Int {
        if ids.isEmpty {
            return try database.execute(
                """
                UPDATE outbox SET next_attempt_at = ?
                WHERE next_attempt_at > ? AND lease IS NULL AND outcome IS NULL AND expires_at > ?
                """, [.time(now), .time(now), .time(now)])
        }
        var count = 0
        for id in ids {
            count += try database.execute(
                """
                UPDATE outbox SET next_attempt_at = ?
                WHERE id = ? AND next_attempt_at > ? AND lease IS NULL AND outcome IS NULL AND expires_at > ?
                """, [.time(now), .integer(id), .time(now), .time(now)])
        }
        return count
    }
}
