/// What a derived key is for. A key of one use says nothing of those of another.
enum KeyUse: String, Sendable {
    case cookie = "authfcgi cookie v1"
    case code = "authfcgi code v1"
    case outbox = "authfcgi outbox v1"
}
