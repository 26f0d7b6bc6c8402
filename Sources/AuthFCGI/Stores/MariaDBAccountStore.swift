import AuthDomain

/// Accounts in the table `account`, unique by its keys.
struct MariaDBAccountStore: AccountStore {
    let database: Database

    func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool {
        let values: [SQLValue] = [.realm(realm), .key(identifier.key)]
        let row =
            switch identifier {
            case .nickname: try database.row("SELECT 1 FROM account WHERE realm = ? AND nickname = ?", values)
            case .phone: try database.row("SELECT 1 FROM account WHERE realm = ? AND phone = ?", values)
            case .email: try database.row("SELECT 1 FROM account WHERE realm = ? AND email = ?", values)
            }
        return row != nil
    }

    func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname> {
        var taken: Set<Nickname> = []
        for nickname in nicknames where try isTaken(.nickname(nickname), in: realm) { taken.insert(nickname) }
        return taken
    }

    func credentials(of identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Credentials? {
        let sql: StaticString =
            switch identifier {
            case .nickname:
                """
                SELECT id, password FROM account
                WHERE realm = ? AND nickname = ? AND status = 'active' AND password IS NOT NULL
                """
            case .phone:
                """
                SELECT id, password FROM account
                WHERE realm = ? AND phone = ? AND status = 'active' AND password IS NOT NULL
                """
            case .email:
                """
                SELECT id, password FROM account
                WHERE realm = ? AND email = ? AND status = 'active' AND password IS NOT NULL
                """
            }
        return try database.row(sql, [.realm(realm), .key(identifier.key)]) { row throws(MariaDBError) in
            guard let id = AccountID(octets: try row.octets(0)) else {
                throw MariaDBError(.other, "an account id is not 12 octets")
            }
            return Credentials(account: id, password: PasswordHash(phc: try row.key(1)))
        }
    }

    func upgrade(_ old: PasswordHash, of account: AccountID, to new: PasswordHash) throws(AuthError) -> Bool {
        let matched = try database.execute(
            "UPDATE account SET password = ? WHERE id = ? AND password = ?",
            [.key(new.phc), .account(account), .key(old.phc)])
        return matched == 1
    }

    func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession
    ) throws(AuthError) {
        let now = session.created
        try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row("SELECT 1 FROM account WHERE id = ? FOR UPDATE", [.account(account.id)]) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<Void> in
                let proofs = try connection.execute(
                    """
                    UPDATE session SET ended_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'registration' AND proven_at IS NOT NULL
                      AND ended_at IS NULL AND expires_at > ?
                    """, [.time(now), .digest(registration), .realm(account.realm), .time(now)])
                guard proofs == 1 else { return .rollback(.failure(.unproven)) }
                if let field = try Self.insert(account, provenBy: registration, at: now, on: connection) {
                    return .rollback(.failure(.taken(field)))
                }
                try session.insert(for: account.id, on: connection)
                return .commit(.success(()))
            })
    }

    /// Writes the account down; tells which field another account has, where one does.
    private static func insert(
        _ account: NewAccount, provenBy registration: SessionDigest, at now: Timestamp,
        on connection: MariaDBConnection
    ) throws(MariaDBError) -> Field? {
        do throws(MariaDBError) {
            _ = try connection.execute(
                """
                INSERT INTO account
                  (id, realm, nickname, nickname_typed, phone, phone_typed, phone_verified_at, email, email_typed,
                   password, display_name, created_at)
                SELECT ?, realm, ?, ?, phone, phone_typed, proven_at, ?, ?, ?, ?, ? FROM session WHERE digest = ?
                """,
                [
                    .account(account.id), .key(account.nickname.key), .key(account.nickname.typed),
                    .key(account.email?.key), .key(account.email?.typed), .key(account.password.phc),
                    account.displayName.map { .text($0.text) } ?? .null, .time(now), .digest(registration),
                ])
            return nil
        } catch {
            guard let field = Field(violating: error) else { throw error }
            return field
        }
    }
}
