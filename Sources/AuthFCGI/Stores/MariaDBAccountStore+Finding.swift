import AuthDomain

/// Looking accounts up.
extension MariaDBAccountStore {
    /// An account's row: the account, its password's hash, and whether it may be used.
    private struct Found {
        let account: Account
        let password: PasswordHash?
        let isActive: Bool

        init(_ row: SQLRow) throws(MariaDBError) {
            account = try Account(row, from: 0)
            password = try row.isNull(13) ? nil : PasswordHash(phc: try row.key(13))
            isActive = try row.text(14) == "active"
        }
    }

    func account(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Account? {
        try find(identifier, in: realm)?.account
    }

    func credentials(of identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Credentials? {
        guard let found = try find(identifier, in: realm), found.isActive, let password = found.password else {
            return nil
        }
        return Credentials(account: found.account, password: password)
    }

    func accounts(_ addresses: [Address?], in realm: Realm) throws(AuthError) -> [FoundAccount?] {
        let emails = Wanted(addresses) { if case .email(let email) = $0 { email.key } else { nil } }
        let phones = Wanted(addresses) { if case .phone(let phone) = $0 { phone.key } else { nil } }
        let found = try database.rows(
            """
            SELECT account.id, display_name, wanted.place, 0
            FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, text VARBINARY(254) PATH '$')) AS wanted
            JOIN account ON account.realm = ? AND account.email = wanted.text
            WHERE status = 'active'
            UNION ALL
            SELECT account.id, display_name, wanted.place, 1
            FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, text VARBINARY(254) PATH '$')) AS wanted
            JOIN account ON account.realm = ? AND account.phone = wanted.text
            WHERE status = 'active'
            """, [emails.list, .realm(realm), phones.list, .realm(realm)]
        ) { row throws(MariaDBError) in
            let kind = try row.integer(3) == 0 ? emails : phones
            return (place: kind.place(try row.integer(2)), account: try FoundAccount(row))
        }
        var accounts = [FoundAccount?](repeating: nil, count: addresses.count)
        for (place, account) in found {
            if let place { accounts[place] = account }
        }
        return accounts
    }

    /// The addresses of one kind among many.
    private struct Wanted {
        /// Their keys: a JSON array.
        let list: SQLValue
        private let places: [Int]

        init(_ addresses: [Address?], _ key: (Address) -> String?) {
            var (keys, places): ([JSONValue], [Int]) = ([], [])
            for (place, address) in addresses.enumerated() {
                guard let key = address.flatMap(key) else { continue }
                keys.append(.string(key))
                places.append(place)
            }
            list = .text(String(decoding: JSONValue.array(keys).octets, as: UTF8.self))
            self.places = places
        }

        /// Where among all of them the one is that has this number in the list, from 1 on.
        func place(_ number: Int64) -> Int? {
            let index = Int(clamping: number) &- 1
            return places.indices.contains(index) ? places[index] : nil
        }
    }

    func pending(_ address: Address, in realm: Realm, at now: Timestamp) throws(AuthError) -> PendingAccount? {
        let values: [SQLValue] = [.realm(realm), .key(address.key), .time(now), .key(address.key)]
        let sql: StaticString =
            switch address {
            case .phone:
                """
                SELECT id, address, password, created_at FROM pending_account
                WHERE realm = ? AND phone = ? AND expires_at > ? ORDER BY address = ? DESC, created_at DESC LIMIT 1
                """
            case .email:
                """
                SELECT id, address, password, created_at FROM pending_account
                WHERE realm = ? AND email = ? AND expires_at > ? ORDER BY address = ? DESC, created_at DESC LIMIT 1
                """
            }
        return try database.row(sql, values) { row throws(MariaDBError) in
            guard let id = AccountID(octets: try row.octets(0)) else {
                throw MariaDBError(.other, "an account id is not 12 octets")
            }
            let key = try row.key(1)
            return PendingAccount(
                id: id, address: Address(stored: key, typed: key), password: PasswordHash(phc: try row.key(2)),
                created: try row.moment(3))
        }
    }

    private func find(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Found? {
        let sql: StaticString =
            switch identifier {
            case .nickname:
                """
                SELECT id, nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name,
                  display_name, attributes, phone_verified_at, email_verified_at, password, status
                FROM account WHERE realm = ? AND nickname = ?
                """
            case .phone:
                """
                SELECT id, nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name,
                  display_name, attributes, phone_verified_at, email_verified_at, password, status
                FROM account WHERE realm = ? AND phone = ?
                """
            case .email:
                """
                SELECT id, nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name,
                  display_name, attributes, phone_verified_at, email_verified_at, password, status
                FROM account WHERE realm = ? AND email = ?
                """
            }
        return try database.row(sql, [.realm(realm), .key(identifier.key)]) { row throws(MariaDBError) in
            try Found(row)
        }
    }
}
