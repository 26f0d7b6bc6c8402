import AuthDomain

extension NewSession {
    /// Writes the session down as a login of `account`, within the connection's transaction.
    func insert(for account: AccountID, on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)
            VALUES (?, ?, 'login', ?, ?, ?, ?)
            """,
            [.digest(digest), .realm(realm), .account(account), .time(created), .time(created), .time(expires)])
    }

    /// Writes the session down as a login by these credentials, within the connection's transaction, until whose end the
    /// account's row is locked; false, and nothing is written, when they are no longer the account's.
    func insert(for credentials: Credentials, on connection: MariaDBConnection) throws(MariaDBError) -> Bool {
        try connection.execute(
            """
            INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)
            SELECT ?, ?, 'login', id, ?, ?, ? FROM account
            WHERE id = ? AND password = ? AND status = 'active' FOR UPDATE
            """,
            [
                .digest(digest), .realm(realm), .time(created), .time(created), .time(expires),
                .account(credentials.account.id), .key(credentials.password.phc),
            ]) == 1
    }

    /// Writes the session down as a grant to set the account's password that goes to `address`, within the connection's
    /// transaction. A grant of no account opens nothing: it is written so that it takes as long.
    func insert(
        resetting account: AccountID?, for address: Address, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO session (digest, realm, kind, account, address, created_at, seen_at, expires_at)
            VALUES (?, ?, 'reset', ?, ?, ?, ?, ?)
            """,
            [
                .digest(digest), .realm(realm), account.map { .account($0) } ?? .null, .key(address.key),
                .time(created), .time(created), .time(expires),
            ])
    }

    /// Writes the session down as a grant to end a login session of the account, within the connection's transaction.
    func insert(
        ending target: SessionDigest, of account: AccountID, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO session (digest, realm, kind, account, target, created_at, seen_at, expires_at)
            VALUES (?, ?, 'end', ?, ?, ?, ?, ?)
            """,
            [
                .digest(digest), .realm(realm), .account(account), .digest(target), .time(created), .time(created),
                .time(expires),
            ])
    }

    /// Writes the session down as the registration of who is sent a code, within the connection's transaction.
    func insert(registering address: Address, on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO session
              (digest, realm, kind, address, address_typed, code_sent_at, created_at, seen_at, expires_at)
            VALUES (?, ?, 'registration', ?, ?, ?, ?, ?, ?)
            """,
            [
                .digest(digest), .realm(realm), .key(address.key), .key(address.typed), .time(created), .time(created),
                .time(created), .time(expires),
            ])
    }
}
