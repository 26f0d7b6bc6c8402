import AuthDomain

extension Account {
    /// An account from 13 columns: id; nickname, phone and email, each as key and as typed; first, last and display
    /// name; attributes; when phone and email were proven. What has no key is withheld: only its owner knows it.
    init(_ row: SQLRow, from column: Int) throws(MariaDBError) {
        guard let id = AccountID(octets: try row.octets(column)) else {
            throw MariaDBError(.other, "an account id is not 12 octets")
        }
        self.init(
            id: id, nickname: try row.typed(column + 1, Nickname.init(stored:typed:)),
            phone: try row.phone(column + 3), email: try row.email(column + 5),
            profile: Profile(
                firstName: try row.name(column + 7), lastName: try row.name(column + 8),
                displayName: try row.name(column + 9),
                vehicle: try row.optionalText(column + 10).flatMap(Vehicle.init(stored:))),
            proven: Self.proven(phone: try !row.isNull(column + 11), email: try !row.isNull(column + 12)))
    }

    /// These sets are made once, not for every account that is read.
    private static func proven(phone: Bool, email: Bool) -> Set<Field> {
        switch (phone, email) {
        case (true, true): bothProven
        case (true, false): phoneProven
        case (false, true): emailProven
        case (false, false): []
        }
    }

    private static let bothProven: Set<Field> = [.phone, .email]
    private static let phoneProven: Set<Field> = [.phone]
    private static let emailProven: Set<Field> = [.email]
}

extension FoundAccount {
    /// An account from the columns `id` and `display_name`.
    init(_ row: SQLRow) throws(MariaDBError) {
        guard let id = AccountID(octets: try row.octets(0)) else {
            throw MariaDBError(.other, "an account id is not 12 octets")
        }
        self.init(id: id, displayName: try row.name(1))
    }
}

extension SQLRow {
    /// A phone, by its key or, where it is withheld, as typed.
    fileprivate func phone(_ column: Int) throws(MariaDBError) -> PhoneNumber? {
        if let phone = try typed(column, PhoneNumber.init(stored:typed:)) { return phone }
        guard try !isNull(column + 1) else { return nil }
        let text = try key(column + 1)
        return PhoneNumber(text) ?? PhoneNumber(stored: text, typed: text)
    }

    /// An email, by its key or, where it is withheld, as typed.
    fileprivate func email(_ column: Int) throws(MariaDBError) -> EmailAddress? {
        if let email = try typed(column, EmailAddress.init(stored:typed:)) { return email }
        return try isNull(column + 1) ? nil : EmailAddress(try key(column + 1))
    }

    /// A name that was read before and stored.
    fileprivate func name(_ column: Int) throws(MariaDBError) -> DisplayName? {
        try optionalText(column).map(DisplayName.init(stored:))
    }
}
