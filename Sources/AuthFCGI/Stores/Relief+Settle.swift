import AuthDomain

extension Relief {
    /// Makes good and remembers, within the connection's transaction.
    func settle(on connection: MariaDBConnection) throws(MariaDBError) {
        for budget in givenBack { try RateCounter(budget).release(on: connection) }
        for budget in forgotten { try RateCounter(budget).forget(on: connection) }
        try known?.insert(on: connection)
    }
}

extension KnownClient {
    /// Remembers the client, within the connection's transaction or by itself.
    func insert(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?)
            ON DUPLICATE KEY UPDATE window_ends = GREATEST(window_ends, VALUES(window_ends))
            """, Self.key(client, account) + [.time(until)], idempotent: true)
    }

    /// The key of a client's row.
    static func key(_ client: ClientAddress, _ account: AccountID) -> [SQLValue] {
        [.key(RateCounter.Name.knownClients.rawValue), .key("\(account) \(client.key)")]
    }

    /// What the keys of all clients' rows of an account lie between: a subject is the account, a space and the client, and `!`
    /// comes after the space.
    static func keys(of account: AccountID) -> [SQLValue] {
        [.key(RateCounter.Name.knownClients.rawValue), .key("\(account) "), .key("\(account)!")]
    }
}
