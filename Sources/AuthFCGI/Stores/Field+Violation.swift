import AuthDomain

extension Field {
    /// The field whose value another account has, when that is what the database refused.
    init?(violating error: MariaDBError) {
        guard case .duplicateKey(let key) = error.kind else { return nil }
        switch key {
        case "account_nickname": self = .nickname
        case "account_phone": self = .phone
        case "account_email": self = .email
        default: return nil
        }
    }
}
