import AuthDomain

/// How a stored password was hashed, as its PHC string begins.
enum PasswordScheme: String, CaseIterable, Sendable {
    case argon2id = "$argon2id$"

    /// Nil for a scheme that this service does not know.
    init?(_ hash: PasswordHash) {
        guard let scheme = Self.allCases.first(where: { hash.phc.utf8.starts(with: $0.rawValue.utf8) }) else {
            return nil
        }
        self = scheme
    }
}
