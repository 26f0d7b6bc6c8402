import AuthDomain

/// Setting a new password for who forgot the old one.
extension MariaDBAccountStore {
    func offer(_ reset: ResetOffer) throws(AuthError) {
        let message = try outbox.sealed(reset.message)
        // Only where calls are counted apart may one take its place.
        let silence = reset.asking == nil ? message : try outbox.sealed(reset.message.forNobody)
        let now = reset.grant.created
        let realm = reset.grant.realm
        let spending = SpendCounter(reset.address, reset.policy.spend, at: now)
        let events = try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM session WHERE digest = ? FOR UPDATE", [.digest(reset.grant.digest)]) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                let links = RateCounter(.resetLinks, realm: realm, address: reset.address.key)
                let rate = Rate(1, in: reset.policy.resendAfter)
                if let wait = try links.count(rate, at: now, on: connection).wait {
                    return .rollback(.failure(.tooManyRequests(retryAfter: wait)))
                }
                let allowance = try MessageAllowance(
                    for: reset.address, by: reset.asking, in: realm, perHour: reset.policy.messagesPerHour, at: now,
                    on: connection)
                if case .none(let wait) = allowance {
                    return .rollback(.failure(.tooManyRequests(retryAfter: wait)))
                }
                if let account = reset.account {
                    _ = try connection.execute(
                        """
                        UPDATE session FORCE INDEX (session_account) SET ended_at = ?
                        WHERE account = ? AND kind = 'reset' AND ended_at IS NULL
                        """, [.time(now), .account(account)])
                    try reset.grant.insert(resetting: account, for: reset.address, on: connection)
                } else {
                    // As many statements and rows for nobody: the time they take tells nothing.
                    try reset.grant.insert(resetting: nil, for: reset.address, on: connection)
                    _ = try connection.execute(
                        "UPDATE session SET ended_at = ? WHERE digest = ? AND kind = 'reset' AND ended_at IS NULL",
                        [.time(now), .digest(reset.grant.digest)])
                }
                try (allowance == .message ? message : silence).insert(on: connection)
                return try spending.count(on: connection).decision(outbox.report)
            })
        events.forEach(outbox.report)
        outbox.wake()
    }

    func holder(ofGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError) -> Account {
        let account = try database.row(
            """
            SELECT account.id, nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name,
              display_name, attributes, phone_verified_at, email_verified_at
            FROM session JOIN account ON account.id = session.account
            WHERE session.digest = ? AND session.realm = ? AND session.kind = 'reset' AND session.ended_at IS NULL
              AND session.expires_at > ? AND account.status = 'active'
            """, [.digest(grant), .realm(realm), .time(now)]
        ) { row throws(MariaDBError) in try Account(row, from: 0) }
        guard let account else { throw .noGrant }
        return account
    }

    func setPassword(
        _ password: PasswordHash, byGrant grant: SessionDigest, proves: Bool, telling message: Message?,
        in realm: Realm, at now: Timestamp
    ) throws(AuthError) {
        let told = try message.map { message throws(AuthError) in try outbox.sealed(message) }
        let events = try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM session WHERE digest = ? AND ended_at = ? FOR UPDATE", [.digest(grant), .time(now)]
                ) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                let used = try connection.execute(
                    """
                    UPDATE session SET ended_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'reset' AND ended_at IS NULL AND expires_at > ?
                      AND account IN (SELECT id FROM account WHERE status = 'active')
                      AND account IN (SELECT id FROM account WHERE status = 'active')
                    """, [.time(now), .digest(grant), .realm(realm), .time(now)])
                let row = try connection.row("SELECT account FROM session WHERE digest = ?", [.digest(grant)])
                guard used == 1, let row, let account = AccountID(octets: try row.octets(0)) else {
                    return .rollback(.failure(.noGrant))
                }
                try password.replace(of: account, at: now, on: connection)
                if proves { try Self.prove(account, by: grant, at: now, on: connection) }
                return .commit(.success(try told?.insertIfAffordable(on: connection) ?? []))
            })
        events.forEach(outbox.report)
        if told != nil { outbox.wake() }
    }

    /// Takes the address that the grant was sent to for proven.
    private static func prove(
        _ account: AccountID, by grant: SessionDigest, at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        _ = try connection.execute(
            """
            UPDATE account JOIN session ON session.digest = ? AND session.address = account.email
            SET account.email_verified_at = COALESCE(account.email_verified_at, ?) WHERE account.id = ?
            """, [.digest(grant), .time(now), .account(account)])
    }
}

extension PasswordHash {
    /// Makes this the account's password, ends everything that was issued to it and forgets which clients were logged in as
    /// it: some may be why there is a new one. Within the connection's transaction.
    func replace(of account: AccountID, at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "UPDATE account SET password = ? WHERE id = ?", [.key(phc), .account(account)])
        _ = try connection.execute(
            "UPDATE session SET ended_at = ? WHERE account = ? AND ended_at IS NULL", [.time(now), .account(account)])
        _ = try connection.execute(
            "DELETE FROM rate_counter WHERE name = ? AND subject > ? AND subject < ?", KnownClient.keys(of: account))
    }
}
