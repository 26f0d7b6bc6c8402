import AuthDomain

extension Account {
    /// An account from 13 columns: id; nickname, phone and email, each as key and as typed; first, last and display
    /// name; attributes; when phone and email were proven.
    init(_ row: SQLRow, from column: Int) throws(MariaDBError) {
        guard let id = AccountID(octets: try row.octets(column)) else {
            throw MariaDBError(.other, "an account id is not 12 octets")
        }
        var proven: Set<Field> = []
        if try !row.isNull(column + 11) { proven.insert(.phone) }
        if try !row.isNull(column + 12) { proven.insert(.email) }
        self.init(
            id: id, nickname: try row.typed(column + 1, Nickname.init(stored:typed:)),
            phone: try row.typed(column + 3, PhoneNumber.init(stored:typed:)),
            email: try row.typed(column + 5, EmailAddress.init(stored:typed:)),
            profile: Profile(
                firstName: try row.name(column + 7), lastName: try row.name(column + 8),
                displayName: try row.name(column + 9),
                vehicle: try row.optionalText(column + 10).flatMap(Vehicle.init(stored:))),
            proven: proven)
    }
}

extension SQLRow {
    /// A name that was read before and stored.
    fileprivate func name(_ column: Int) throws(MariaDBError) -> DisplayName? {
        try optionalText(column).flatMap(DisplayName.init(_:))
    }
}
