import AuthDomain

extension Redemption {
    /// Brings about what a right code for `address` shall, within the connection's transaction. Why it cannot be, if
    /// so: the transaction is taken back then.
    func perform(
        for address: Address, askedBy holder: CodeHolder, in realm: Realm, at now: Timestamp,
        on connection: MariaDBConnection
    ) throws(MariaDBError) -> AuthError? {
        switch self {
        case .proof:
            guard case .session(let session) = holder else { return .noChallenge }
            let proven = try connection.execute(
                """
                UPDATE session SET proven_at = ?
                WHERE digest = ? AND realm = ? AND kind = 'registration' AND ended_at IS NULL AND expires_at > ?
                """, [.time(now), .digest(session), .realm(realm), .time(now)])
            return proven == 1 ? nil : .noChallenge
        case .activation(let session):
            return try Self.activate(address, session, in: realm, at: now, on: connection)
        case .account(let account, let session):
            if let field = try account.insert(proving: address, on: connection) { return .taken(field) }
            try session.insert(for: account.id, on: connection)
            return nil
        case .verification(let account):
            let verified =
                switch address {
                case .phone:
                    try connection.execute(
                        "UPDATE account SET phone_verified_at = ? WHERE id = ? AND phone = ?",
                        [.time(now), .account(account), .key(address.key)])
                case .email:
                    try connection.execute(
                        "UPDATE account SET email_verified_at = ? WHERE id = ? AND email = ?",
                        [.time(now), .account(account), .key(address.key)])
                }
            return verified == 1 ? nil : .noChallenge
        case .password(let account, let hash, _):
            try hash.replace(of: account, at: now, on: connection)
            return nil
        case .grant(let account, let session):
            try session.insert(resetting: account, for: address, on: connection)
            return nil
        case .nothing: return .noChallenge
        }
    }

    /// Makes the account that waited for the proof of `address`.
    private static func activate(
        _ address: Address, _ session: NewSession, in realm: Realm, at now: Timestamp,
        on connection: MariaDBConnection
    ) throws(MariaDBError) -> AuthError? {
        let key: [SQLValue] = [.realm(realm), .key(address.key)]
        let pending = try connection.row(
            "SELECT id FROM pending_account WHERE realm = ? AND address = ? AND expires_at > ? FOR UPDATE",
            key + [.time(now)])
        guard let pending, let account = AccountID(octets: try pending.octets(0)) else { return .noChallenge }
        try release(address, in: realm, on: connection)
        let taken = try Field.violated { () throws(MariaDBError) in
            _ = try connection.execute(
                """
                INSERT INTO account
                  (id, realm, phone, phone_typed, phone_verified_at, email, email_typed, email_verified_at, password,
                   first_name, last_name, display_name, created_at)
                SELECT id, realm, phone, phone_typed, IF(phone = address, ?, NULL), email, email_typed,
                  IF(email = address, ?, NULL), password, first_name, last_name, display_name, created_at
                FROM pending_account WHERE realm = ? AND address = ?
                """, [.time(now), .time(now)] + key)
        }
        if let taken { return .taken(taken) }
        _ = try connection.execute("DELETE FROM pending_account WHERE realm = ? AND address = ?", key)
        try session.insert(for: account, on: connection)
        return nil
    }

    /// Withholds an address from the account that has it and does not own it (`Account.owns`), if one does.
    private static func release(
        _ address: Address, in realm: Realm, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        let sql: StaticString =
            switch address {
            case .phone: "UPDATE account SET phone = NULL WHERE realm = ? AND phone = ? AND phone_verified_at IS NULL"
            case .email:
                """
                UPDATE account SET email = NULL
                WHERE realm = ? AND email = ? AND email_verified_at IS NULL AND phone_verified_at IS NOT NULL
                """
            }
        _ = try connection.execute(sql, [.realm(realm), .key(address.key)])
    }
}
