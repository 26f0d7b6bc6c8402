import AuthDomain

/// Sessions in the table `session`.
struct MariaDBSessionStore: SessionStore {
    let database: Database
    let outbox: Outbox

    func registration(
        _ digest: SessionDigest, in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> RegistrationSession? {
        try database.row(
            """
            SELECT address, address_typed, proven_at, created_at FROM session
            WHERE digest = ? AND realm = ? AND kind = 'registration' AND ended_at IS NULL AND expires_at > ?
            """, [.digest(digest), .realm(realm), .time(now)]
        ) { row throws(MariaDBError) in
            RegistrationSession(
                digest: digest, realm: realm, address: Address(stored: try row.key(0), typed: try row.key(1)),
                isProven: try !row.isNull(2), created: try row.moment(3))
        }
    }

    func begin(
        _ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int,
        telling notice: LoginNotice?, settling relief: Relief
    ) throws(AuthError) {
        let told = try notice.map { notice throws(AuthError) in try outbox.sealed(notice.message) }
        let events = try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row("SELECT 1 FROM session WHERE digest = ? FOR UPDATE", [.digest(session.digest)])
                    != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                guard try session.insert(for: credentials, on: connection) else {
                    return .rollback(.failure(.wrongCredentials))
                }
                if let replacing {
                    _ = try connection.execute(
                        "UPDATE session SET ended_at = ? WHERE digest = ? AND realm = ? AND ended_at IS NULL",
                        [.time(session.created), .digest(replacing), .realm(session.realm)])
                }
                try Self.endOldest(of: credentials.account.id, beyond: limit, at: session.created, on: connection)
                try notice?.grant.insert(ending: session.digest, of: credentials.account.id, on: connection)
                try relief.settle(on: connection)
                return .commit(.success(try told?.insertIfAffordable(on: connection) ?? []))
            })
        events.forEach(outbox.report)
        if told != nil { outbox.wake() }
    }

    func end(byGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError) {
        try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM session WHERE digest = ? AND ended_at = ? FOR UPDATE", [.digest(grant), .time(now)]
                ) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<Void> in
                let used = try connection.execute(
                    """
                    UPDATE session SET ended_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'end' AND ended_at IS NULL AND expires_at > ?
                    """, [.time(now), .digest(grant), .realm(realm), .time(now)])
                guard used == 1 else { return .rollback(.failure(.noGrant)) }
                _ = try connection.execute(
                    """
                    UPDATE session AS login JOIN session AS grant_row ON login.digest = grant_row.target
                    SET login.ended_at = ?
                    WHERE grant_row.digest = ? AND login.kind = 'login' AND login.ended_at IS NULL
                    """, [.time(now), .digest(grant)])
                return .commit(.success(()))
            })
    }

    func end(
        _ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp
    ) throws(AuthError) -> Bool {
        let matched = try database.execute(
            """
            UPDATE session SET ended_at = ?
            WHERE digest = ? AND realm = ? AND kind = 'login' AND ended_at IS NULL AND expires_at > ? AND seen_at > ?
            """, [.time(now), .digest(digest), .realm(realm), .time(now), .time(now - idle)])
        return matched == 1
    }

    /// Ends the oldest of an account's live sessions, so that `limit` are left. The account's row is locked: no other login
    /// of it is under way.
    private static func endOldest(
        of account: AccountID, beyond limit: Int, at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        let surplus = try connection.row(
            """
            SELECT created_at FROM session FORCE INDEX (session_account)
            WHERE account = ? AND kind = 'login' AND ended_at IS NULL AND expires_at > ?
            ORDER BY created_at DESC LIMIT 1 OFFSET ?
            """, [.account(account), .time(now), .integer(Int64(limit))])
        guard let surplus else { return }
        _ = try connection.execute(
            """
            UPDATE session SET ended_at = ?
            WHERE account = ? AND kind = 'login' AND ended_at IS NULL AND created_at <= ?
            """, [.time(now), .account(account), .time(try surplus.moment(0))])
    }
}
