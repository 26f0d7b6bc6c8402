/// By what an endpoint knows who calls.
enum Credential: Hashable, Sendable {
    /// A sealed session cookie of this name.
    case cookie(String)
    /// `Authorization: Bearer` (RFC 6750, 2.1).
    case bearer
    /// What the body has, in place of the others.
    case body
}
