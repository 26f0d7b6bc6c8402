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
