import AuthDomain

/// The courier's side of the outbox. A message is leased before it is delivered: two couriers never carry one at once,
/// and a courier that dies loses none: its successor has the same leases.
struct OutboxQueue {
    /// A message that is to be delivered now.
    struct Item: Sendable {
        let id: Int64
        let medium: Medium
        let realm: String
        let payload: [UInt8]
        let created: Timestamp
        /// It is not sent from this moment on.
        let expires: Timestamp
        /// How often it was tried, this time included.
        let attempts: Int64
        /// From this moment on another courier may take it.
        let leaseEnds: Timestamp
    }

    let database: Database
    let legacy: CourierLegacy
    /// Names the leases of this courier, and of those before it under one supervisor: 16 random octets.
    let lease: [UInt8]

    /// How long a lease lasts: more than twice as long as any delivery takes.
    static let leaseTime: Duration = .seconds(45)
    /// How many messages are forgotten at once.
    static let expiryBatch = 200

    /// Leases the message that has been due longest; nil when none is. What another courier takes at the same moment is
    /// not waited for.
    func take(_ medium: Medium, at now: Timestamp) throws(AuthError) -> Item? {
        let ends = now + Self.leaseTime
        return try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM outbox WHERE medium = ? AND next_attempt_at = ? AND lease = ? FOR UPDATE",
                    [.text(medium.rawValue), .time(ends), .octets(lease)]) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<Item?> in
                let row = try connection.row(
                    """
                    SELECT id, realm, payload, created_at, expires_at, attempts FROM outbox
                    WHERE medium = ? AND next_attempt_at <= ? AND expires_at > ? AND outcome IS NULL
                    ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
                    """, [.text(medium.rawValue), .time(now), .time(now)])
                guard let row else { return .rollback(.success(nil)) }
                let item = Item(
                    id: try row.integer(0), medium: medium, realm: try row.key(1), payload: try row.octets(2),
                    created: try row.moment(3), expires: try row.moment(4), attempts: try row.integer(5) + 1,
                    leaseEnds: ends)
                _ = try connection.execute(
                    "UPDATE outbox SET lease = ?, attempts = ?, next_attempt_at = ? WHERE id = ?",
                    [.octets(lease), .integer(item.attempts), .time(ends), .integer(item.id)])
                return .commit(.success(item))
            })
    }

    /// Takes over from a courier that is dead, before anything else is taken: what it delivered is written down, and what
    /// it only leased is due after a pause as after a failure, so that a message that ends couriers holds up no other.
    func takeOver(_ medium: Medium, at now: Timestamp) throws(AuthError) {
        for id in legacy.delivered(medium) {
            try end(id, "delivered", nil, at: now)
            legacy.forget(id, medium)
        }
        try database.execute(
            """
            UPDATE outbox
            SET lease = NULL, next_attempt_at = LEAST(expires_at, ? + INTERVAL LEAST(30, 1 << LEAST(attempts - 1, 5)) SECOND)
            WHERE medium = ? AND next_attempt_at > ? AND lease = ?
            """, [.time(now), .text(medium.rawValue), .time(now), .octets(lease)])
    }

    /// Notes that the message was handed over, where only the end of the machine can undo it.
    func note(_ item: Item) { legacy.note(item.id, item.medium) }

    /// The message is delivered: nothing of its content is kept.
    func finish(_ item: Item, at now: Timestamp) throws(AuthError) {
        try end(item.id, "delivered", nil, at: now)
        legacy.forget(item.id, item.medium)
    }

    /// The message was for nobody: nothing of its content is kept.
    func discard(_ item: Item, at now: Timestamp) throws(AuthError) {
        try end(item.id, "nobody", nil, at: now)
    }

    /// The message can never be delivered: nothing of its content is kept, but why.
    func abandon(_ item: Item, because reason: String, at now: Timestamp) throws(AuthError) {
        try end(item.id, "failed", reason, at: now)
    }

    /// Delivery failed; the message is tried again at `retry`.
    func postpone(_ item: Item, until retry: Timestamp, because reason: String) throws(AuthError) {
        try database.execute(
            """
            UPDATE outbox SET lease = NULL, next_attempt_at = LEAST(?, expires_at), reason = ?
            WHERE id = ? AND lease = ? AND finished_at IS NULL
            """, [.time(retry), .text(Self.reason(reason)), .integer(item.id), .octets(lease)])
    }

    /// Forgets the messages that were not delivered in time, or not before a newer one took their place:
    /// tells how many, `expiryBatch` at most.
    func expire(_ medium: Medium, at now: Timestamp) throws(AuthError) -> Int {
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Int> in
            let rows = try connection.rows(
                """
                SELECT id FROM outbox
                WHERE medium = ? AND next_attempt_at <= ? AND (expires_at <= ? OR outcome IS NOT NULL)
                LIMIT ? FOR UPDATE SKIP LOCKED
                """, [.text(medium.rawValue), .time(now), .time(now), .integer(Int64(Self.expiryBatch))])
            for row in rows {
                _ = try connection.execute(
                    """
                    UPDATE outbox
                    SET payload = NULL, thread = NULL, lease = NULL, next_attempt_at = NULL, finished_at = ?,
                      outcome = COALESCE(outcome, 'expired')
                    WHERE id = ?
                    """, [.time(now), .integer(try row.integer(0))])
            }
            return rows.isEmpty ? .rollback(.success(0)) : .commit(.success(rows.count))
        }
    }

    /// When the next message is due; nil when none waits.
    func nextAttempt(_ medium: Medium) throws(AuthError) -> Timestamp? {
        try database.row(
            """
            SELECT next_attempt_at FROM outbox WHERE medium = ? AND next_attempt_at IS NOT NULL
            ORDER BY next_attempt_at LIMIT 1
            """, [.text(medium.rawValue)]
        ) { row throws(MariaDBError) in try row.moment(0) }
    }

    private func end(
        _ id: Int64, _ outcome: String, _ reason: String?, at now: Timestamp
    ) throws(AuthError) {
        try database.execute(
            """
            UPDATE outbox
            SET payload = NULL, thread = NULL, lease = NULL, next_attempt_at = NULL, finished_at = ?, outcome = ?,
              reason = ?
            WHERE id = ? AND lease = ?
            """,
            [
                .time(now), .text(outcome), reason.map { .text(Self.reason($0)) } ?? .null, .integer(id),
                .octets(lease),
            ])
    }

    private static func reason(_ text: String) -> String { String(text.unicodeScalars.prefix(255)) }
}
