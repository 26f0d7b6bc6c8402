import AuthDomain

/// Accounts in the table `account`, unique by its keys.
struct MariaDBAccountStore: AccountStore {
    let database: Database
    let outbox: Outbox

    func exists(_ account: AccountID, in realm: Realm) throws(AuthError) -> Bool {
        try database.row("SELECT 1 FROM account WHERE id = ? AND realm = ?", [.account(account), .realm(realm)]) != nil
    }

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

    func upgrade(_ old: PasswordHash, of account: AccountID, to new: PasswordHash) throws(AuthError) -> Bool {
        let matched = try database.execute(
            "UPDATE account SET password = ? WHERE id = ? AND password = ?",
            [.key(new.phc), .account(account), .key(old.phc)])
        return matched == 1
    }

    func create(
        _ account: NewAccount, beginning session: NewSession, telling message: Message?, perHour: Int
    ) throws(AuthError) {
        let told = try message.map { message throws(AuthError) in
            (message.address, try outbox.sealed(message), try outbox.sealed(message.forNobody))
        }
        let events = try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in try account.isThere(on: connection) },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                if let field = try account.insert(on: connection) { return .rollback(.failure(.taken(field))) }
                try session.insert(for: account.id, on: connection)
                guard let (address, message, silence) = told else { return .commit(.success([])) }
                let allowance = try MessageAllowance(
                    for: address, by: nil, in: account.realm, perHour: perHour, at: account.created, on: connection)
                // One for nobody counts like any other, so that the count tells nothing.
                let sent = allowance == .message ? message : silence
                return .commit(.success(try sent.insertIfAffordable(on: connection)))
            })
        events.forEach(outbox.report)
        if told != nil { outbox.wake() }
    }

    func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession,
        remembering owner: KnownClient?
    ) throws(AuthError) {
        guard let phone = account.phone else { throw .unproven }
        try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in try account.isThere(on: connection) },
            { connection throws(MariaDBError) -> Database.Decision<Void> in
                let proofs = try connection.execute(
                    """
                    UPDATE session SET ended_at = ?
                    WHERE digest = ? AND realm = ? AND kind = 'registration' AND address = ?
                      AND proven_at IS NOT NULL AND ended_at IS NULL AND expires_at > ?
                    """,
                    [
                        .time(session.created), .digest(registration), .realm(account.realm), .key(phone.key),
                        .time(session.created),
                    ])
                guard proofs == 1 else { return .rollback(.failure(.unproven)) }
                if let field = try account.insert(proving: .phone(phone), on: connection) {
                    return .rollback(.failure(.taken(field)))
                }
                try session.insert(for: account.id, on: connection)
                try owner?.insert(on: connection)
                return .commit(.success(()))
            })
    }
}

extension NewAccount {
    /// Whether the account was written down; waits for whoever is writing it.
    func isThere(on connection: MariaDBConnection) throws(MariaDBError) -> Bool {
        try connection.row("SELECT 1 FROM account WHERE id = ? FOR UPDATE", [.account(id)]) != nil
    }
}
