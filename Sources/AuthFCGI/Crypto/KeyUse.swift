/// What a derived key is for. A key of one use says nothing of those of another.
enum KeyUse: String, Sendable {
    /// Session cookies.
    case cookie = "authfcgi cookie v1"
    /// One-time codes.
    case code = "authfcgi code v1"
    /// Messages that wait.
    case outbox = "authfcgi outbox v1"
    /// Refresh tokens.
    case refresh = "authfcgi refresh v1"
}
