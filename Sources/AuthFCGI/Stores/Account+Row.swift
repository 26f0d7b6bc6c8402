import AuthDomain

extension Account {
    /// An account from eight columns: id, then nickname, phone and email, each as key and as typed, and display name.
    init(_ row: SQLRow, from column: Int) throws(MariaDBError) {
        guard let id = AccountID(octets: try row.octets(column)) else {
            throw MariaDBError(.other, "an account id is not 12 octets")
        }
        self.init(
            id: id, nickname: try row.typed(column + 1, Nickname.init(stored:typed:)),
            phone: try row.typed(column + 3, PhoneNumber.init(stored:typed:)),
            email: try row.typed(column + 5, EmailAddress.init(stored:typed:)),
            displayName: try row.isNull(column + 7) ? nil : try row.text(column + 7))
    }
}
