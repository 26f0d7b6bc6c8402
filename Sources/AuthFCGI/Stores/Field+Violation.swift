import AuthDomain

extension Field {
    /// Runs a statement; the field whose value another account has, when that is what the database refused it for.
    static func violated(_ body: () throws(MariaDBError) -> Void) throws(MariaDBError) -> Field? {
        do throws(MariaDBError) {
            try body()
            return nil
        } catch {
            guard let field = Field(violating: error) else { throw error }
            return field
        }
    }

    private init?(violating error: MariaDBError) {
        guard case .duplicateKey(let key) = error.kind else { return nil }
        switch key {
        case "account_nickname": self = .nickname
        case "account_phone": self = .phone
        case "account_email": self = .email
        default: return nil
        }
    }
}
