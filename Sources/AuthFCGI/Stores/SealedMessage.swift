import AuthDomain

/// A message about to be put into the outbox.
struct SealedMessage {
    let realm: Realm
    let medium: Medium
    /// What it has in common with those that it makes worthless: realm, kind and address; nil: it makes none worthless.
    let thread: String?
    let payload: [UInt8]
    let created: Timestamp
    let expires: Timestamp
    /// What it counts against and may be left out for; nil where that is done with what it is sent with.
    var spending: SpendCounter?

    /// Puts the message into the outbox if the day has one left, within the connection's transaction, which goes on
    /// either way; what is to be told once that is sure. It locks rows that are many people's: the last to be locked.
    func insertIfAffordable(on connection: MariaDBConnection) throws(MariaDBError) -> [SpendEvent] {
        switch try spending?.countOne(on: connection) ?? .counted([]) {
        case .counted(let events):
            try insert(on: connection)
            return events
        case .refused(let event, _): return [event]
        }
    }

    /// Puts the message into the outbox, within the connection's transaction. An older one of its thread is not sent any
    /// more; one that is being sent at this moment is not tried again.
    func insert(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            UPDATE outbox
            SET outcome = 'superseded', thread = NULL, payload = IF(lease IS NULL, NULL, payload),
              finished_at = IF(lease IS NULL, ?, NULL), next_attempt_at = IF(lease IS NULL, NULL, next_attempt_at)
            WHERE thread = ?
            """, [.time(created), .key(thread)])
        _ = try connection.execute(
            """
            INSERT INTO outbox (realm, medium, thread, payload, created_at, expires_at, next_attempt_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .realm(realm), .text(medium.rawValue), .key(thread), .octets(payload), .time(created), .time(expires),
                .time(created),
            ])
    }
}
