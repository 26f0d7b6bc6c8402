/// What a token must say of itself to be taken; each is compared octet by octet.
struct TokenExpectation: Equatable, Sendable {
    /// `iss`.
    let issuer: String
    /// `aud`.
    let audience: String
    /// `typ`.
    let type: String

    /// Whether the claims are what is expected.
    func isMet(by claims: TokenClaims) -> Bool {
        claims.issuer.hasSameOctets(as: issuer) && claims.audience.hasSameOctets(as: audience)
            && claims.type.hasSameOctets(as: type)
    }
}
