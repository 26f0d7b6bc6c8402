/// How tokens are signed; the names are those of RFC 7518, 3.1 and RFC 8037, 3.1.
enum TokenAlgorithm: String, CaseIterable, Sendable {
    case hs256 = "HS256"
    case edDSA = "EdDSA"
}
