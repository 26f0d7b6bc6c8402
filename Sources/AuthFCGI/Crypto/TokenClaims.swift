/// What a token says (RFC 7519, 4.1).
struct TokenClaims: Equatable, Sendable {
    /// `iss`: whose token it is.
    let issuer: String
    /// `aud`: for whom it is.
    let audience: String
    /// `sub`: the account.
    let subject: String
    /// `sid`: the session that the token stands for; ended, the token is worth nothing.
    let session: String
    /// `jti`: no other token's.
    let tokenID: String
    /// `typ`: what the token is for (access, refresh, reset), so that none serves as another.
    let type: String
    /// `iat`: seconds since 1970.
    let issuedAt: Int64
    /// `exp`: seconds since 1970, from which on it is worth nothing.
    let expires: Int64
    /// `id`: the account as some clients look for it.
    var id: String?

    /// The claims as a token holds them.
    var json: JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "iss", value: .string(issuer)), .init(name: "aud", value: .string(audience)),
            .init(name: "sub", value: .string(subject)), .init(name: "sid", value: .string(session)),
            .init(name: "jti", value: .string(tokenID)), .init(name: "iat", value: .integer(issuedAt)),
            .init(name: "exp", value: .integer(expires)), .init(name: "typ", value: .string(type)),
        ]
        if let id { members.append(.init(name: "id", value: .string(id))) }
        return .object(JSONObject(members: members))
    }
}
