import AuthDomain

/// The courier's side of the outbox. A message is leased before it is delivered: two couriers never carry one at once,
/// and a courier that dies loses none.
struct OutboxQueue {
    /// A message that is to be delivered now.
    struct Item {
        let id: Int64
        let realm: String
        let payload: [UInt8]
        let created: Timestamp
        /// How often it was tried, this time included.
        let attempts: Int64
    }

    let database: Database
    /// Names the leases of this courier: 16 random octets.
    let lease: [UInt8]

    /// How long a lease lasts: longer than any delivery takes.
    static let leaseTime: Duration = .seconds(60)
    private static let batch: Int64 = 32

    /// Leases the messages whose time has come, the oldest first; at most 32.
    func take(at now: Timestamp) throws(AuthError) -> [Item] {
        try database.execute(
            """
            UPDATE outbox SET lease = ?, attempts = attempts + 1, next_attempt_at = ?
            WHERE next_attempt_at <= ? AND expires_at > ? ORDER BY next_attempt_at LIMIT ?
            """,
            [.octets(lease), .time(now + Self.leaseTime), .time(now), .time(now), .integer(Self.batch)])
        return try database.rows(
            """
            SELECT id, realm, payload, created_at, attempts FROM outbox
            WHERE lease = ? AND finished_at IS NULL ORDER BY id
            """, [.octets(lease)]
        ) { row throws(MariaDBError) in
            Item(
                id: try row.integer(0), realm: try row.key(1), payload: try row.octets(2),
                created: try row.moment(3), attempts: try row.integer(4))
        }
    }

    /// The message is delivered: nothing of its content is kept.
    func finish(_ item: Item, at now: Timestamp) throws(AuthError) {
        try end(item, "delivered", nil, at: now)
    }

    /// The message can never be delivered: nothing of its content is kept, but why.
    func abandon(_ item: Item, because reason: String, at now: Timestamp) throws(AuthError) {
        try end(item, "failed", reason, at: now)
    }

    /// Delivery failed; the message is tried again at `retry`.
    func postpone(_ item: Item, until retry: Timestamp) throws(AuthError) {
        try database.execute(
            "UPDATE outbox SET lease = NULL, next_attempt_at = ? WHERE id = ? AND lease = ?",
            [.time(retry), .integer(item.id), .octets(lease)])
    }

    /// Forgets messages that were not delivered in time, at most 500 of them; tells how many.
    func expire(at now: Timestamp) throws(AuthError) -> Int {
        try database.execute(
            """
            UPDATE outbox
            SET payload = NULL, thread = NULL, lease = NULL, next_attempt_at = NULL, finished_at = ?, outcome = 'expired'
            WHERE next_attempt_at <= ? AND expires_at <= ? ORDER BY next_attempt_at LIMIT 500
            """, [.time(now), .time(now), .time(now)])
    }

    /// When the next message is due; nil when none waits.
    func nextAttempt() throws(AuthError) -> Timestamp? {
        try database.row(
            "SELECT next_attempt_at FROM outbox WHERE next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1", []
        ) { row throws(MariaDBError) in try row.moment(0) }
    }

    private func end(
        _ item: Item, _ outcome: String, _ reason: String?, at now: Timestamp
    ) throws(AuthError) {
        try database.execute(
            """
            UPDATE outbox
            SET payload = NULL, thread = NULL, lease = NULL, next_attempt_at = NULL, finished_at = ?, outcome = ?,
              reason = ?
            WHERE id = ? AND lease = ?
            """,
            [
                .time(now), .text(outcome), reason.map { .text(String($0.prefix(255))) } ?? .null,
                .integer(item.id), .octets(lease),
            ])
    }
}
