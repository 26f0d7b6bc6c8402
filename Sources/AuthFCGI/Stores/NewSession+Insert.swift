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

    /// Writes the session down as the registration of who is sent a code, within the connection's transaction.
    func insert(registering phone: PhoneNumber, on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO session
              (digest, realm, kind, phone, phone_typed, code_sent_at, created_at, seen_at, expires_at)
            VALUES (?, ?, 'registration', ?, ?, ?, ?, ?, ?)
            """,
            [
                .digest(digest), .realm(realm), .key(phone.key), .key(phone.typed), .time(created), .time(created),
                .time(created), .time(expires),
            ])
    }
}
