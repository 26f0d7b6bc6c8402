import AuthDomain

extension MariaDBSessionStore {
    func refresh(
        _ digest: SessionDigest, generation: Int, in realm: Realm, at now: Timestamp, grace: Duration,
        expires: Timestamp
    ) throws(AuthError) -> Int {
        let number = SQLValue.integer(Int64(generation))
        return try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM session WHERE digest = ? AND refreshed_at = ? FOR UPDATE",
                    [.digest(digest), .time(now)]) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<Int> in
                let renewed = try connection.execute(
                    """
                    UPDATE session SET generation = generation + 1, refreshed_at = ?, seen_at = ?, expires_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'login' AND ended_at IS NULL AND expires_at > ?
                      AND generation = ?
                    """,
                    [
                        .time(now), .time(now), .time(expires), .digest(digest), .realm(realm), .time(now), number,
                    ])
                if renewed == 1 { return .commit(.success(generation + 1)) }
                let late = try connection.row(
                    """
                    SELECT 1 FROM session
                    WHERE digest = ? AND realm = ? AND kind = 'login' AND ended_at IS NULL AND expires_at > ?
                      AND generation = ? + 1 AND refreshed_at > ?
                    """, [.digest(digest), .realm(realm), .time(now), number, .time(now - grace)])
                if late != nil { return .rollback(.success(generation + 1)) }
                _ = try connection.execute(
                    """
                    UPDATE session SET ended_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'login' AND ended_at IS NULL AND generation > ?
                    """, [.time(now), .digest(digest), .realm(realm), number])
                return .commit(.failure(.noSession))
            })
    }

    func count(
        _ name: CallName, by account: AccountID, limit: Int, window: Duration, at now: Timestamp
    ) throws(AuthError) {
        let counted = try database.alone { connection throws(MariaDBError) in
            try RateCounter(.calls, subject: "\(name.rawValue) \(account)")
                .count(Rate(limit, in: window), at: now, on: connection)
        }
        if let wait = counted.wait { throw .tooManyRequests(retryAfter: wait) }
    }
}
