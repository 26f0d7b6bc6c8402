import AuthDomain

extension Account {
    /// An account from 13 columns: id; nickname, phone and email, each as key and as typed; first, last and display
    /// name; attributes; when phone and email were proven. What has no key is withheld: only its owner knows it.
    init(_ row: SQLRow, from column: Int) throws(MariaDBError) {
        guard let id = AccountID(octets: try row.octets(column)) else {
            throw MariaDBError(.other, "an account id is not 12 octets")
        }
        var proven: Set<Field> = []
        if try !row.isNull(column + 11) { proven.insert(.phone) }
        if try !row.isNull(column + 12) { proven.insert(.email) }
        let withheldPhone = try row.optionalKey(column + 4).map { text in
            PhoneNumber(text) ?? PhoneNumber(stored: text, typed: text)
        }
        let withheldEmail = try row.optionalKey(column + 6).flatMap(EmailAddress.init(_:))
        self.init(
            id: id, nickname: try row.typed(column + 1, Nickname.init(stored:typed:)),
            phone: try row.typed(column + 3, PhoneNumber.init(stored:typed:)) ?? withheldPhone,
            email: try row.typed(column + 5, EmailAddress.init(stored:typed:)) ?? withheldEmail,
            profile: Profile(
                firstName: try row.name(column + 7), lastName: try row.name(column + 8),
                displayName: try row.name(column + 9),
                vehicle: try row.optionalText(column + 10).flatMap(Vehicle.init(stored:))),
            proven: proven)
    }
}

extension SQLRow {
    /// A text that is stored as octets; nil where it is `NULL`.
    fileprivate func optionalKey(_ column: Int) throws(MariaDBError) -> String? {
        try isNull(column) ? nil : try key(column)
    }

    /// A name that was read before and stored.
    fileprivate func name(_ column: Int) throws(MariaDBError) -> DisplayName? {
        try optionalText(column).map(DisplayName.init(stored:))
    }
}
