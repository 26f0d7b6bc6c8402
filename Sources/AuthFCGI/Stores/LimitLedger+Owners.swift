import AuthDomain

/// Whose limits are looked for.
extension LimitLedger {
    /// An account, or a registration that waits for its proof.
    struct Owner: Sendable {
        let id: AccountID
        let realm: Realm
        let identifiers: [AccountIdentifier]
    }

    /// The account of this id.
    func owner(_ id: AccountID) throws(AuthError) -> Owner? {
        try database.row(
            "SELECT id, realm, nickname, phone, email FROM account WHERE id = ?", [.account(id)], Owner.read
        ).flatMap(\.self)
    }

    /// Who is known by one of the identifiers.
    func owners(
        _ identifiers: [AccountIdentifier], in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> [Owner] {
        var owners: [Owner?] = []
        for identifier in identifiers {
            let key: [SQLValue] = [.realm(realm), .key(identifier.key)]
            switch identifier {
            case .nickname:
                owners += try database.rows(
                    "SELECT id, realm, nickname, phone, email FROM account WHERE realm = ? AND nickname = ?", key,
                    Owner.read)
            case .phone:
                owners += try database.rows(
                    """
                    SELECT id, realm, nickname, phone, email FROM account WHERE realm = ? AND phone = ?
                    UNION SELECT id, realm, NULL, phone, email FROM pending_account
                    WHERE realm = ? AND phone = ? AND expires_at > ?
                    """, key + key + [.time(now)], Owner.read)
            case .email:
                owners += try database.rows(
                    """
                    SELECT id, realm, nickname, phone, email FROM account WHERE realm = ? AND email = ?
                    UNION SELECT id, realm, NULL, phone, email FROM pending_account
                    WHERE realm = ? AND email = ? AND expires_at > ?
                    """, key + key + [.time(now)], Owner.read)
            }
        }
        var seen: Set<AccountID> = []
        return owners.compactMap(\.self).filter { seen.insert($0.id).inserted }
    }

    /// The counter of one subject, and those of its clients if they are asked for.
    func counters(
        _ name: RateCounter.Name, subject: String, andBelow: Bool = false
    ) throws(AuthError) -> [LimitCounter] {
        try database.rows(
            """
            SELECT subject, count, carried, window_ends FROM rate_counter
            WHERE name = ? AND (subject = ? OR (subject > ? AND subject < ?)) ORDER BY subject
            """,
            [
                .key(name.rawValue), .key(subject), .key(subject + " "), .key(subject + (andBelow ? "!" : " ")),
            ], LimitCounter.init)
    }
}

extension LimitLedger.Owner {
    /// The columns `id`, `realm`, `nickname`, `phone` and `email`; nil when they hold none.
    fileprivate static func read(_ row: SQLRow) throws(MariaDBError) -> Self? {
        guard let id = AccountID(octets: try row.octets(0)), let realm = Realm(stored: try row.key(1)) else {
            return nil
        }
        var identifiers: [AccountIdentifier] = []
        if try !row.isNull(2) {
            identifiers.append(.nickname(Nickname(stored: try row.key(2), typed: try row.key(2))))
        }
        for column in 3...4 where try !row.isNull(column) {
            identifiers.append(Address(stored: try row.key(column), typed: try row.key(column)).identifier)
        }
        return Self(id: id, realm: realm, identifiers: identifiers)
    }
}
