import AuthDomain

/// A message about to be put into the outbox.
struct SealedMessage {
    let realm: Realm
    let payload: [UInt8]
    let created: Timestamp
    let expires: Timestamp

    /// Puts the message into the outbox, within the connection's transaction.
    func insert(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "INSERT INTO outbox (realm, payload, created_at, expires_at, next_attempt_at) VALUES (?, ?, ?, ?, ?)",
            [.realm(realm), .octets(payload), .time(created), .time(expires), .time(created)])
    }

    /// Writes as much, so that it takes as long, of a message that goes to nobody.
    func insertForNobody(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "INSERT INTO outbox (realm, created_at, expires_at, finished_at, outcome) VALUES (?, ?, ?, ?, 'nobody')",
            [.realm(realm), .time(created), .time(expires), .time(created)])
    }
}
