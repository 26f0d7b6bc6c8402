import AuthDomain

/// Makes and checks signed tokens (RFC 7519 in the compact form of RFC 7515).
///
/// Only tokens of its own making are taken: the header must be, octet by octet, the one that a key of the ring writes, so
/// the key decides the algorithm, and no member of a header is ever obeyed.
struct TokenSigner: Sendable {
    /// The longest token that is made or looked at, in octets.
    static let longest = 8192
    /// How far the clocks of two hosts may be apart, in seconds: so much may a token be from the future.
    static let leeway: Int64 = 5

    private let keys: TokenKeys
    private let cache: SignatureCache

    init(keys: TokenKeys, cache: SignatureCache = SignatureCache()) {
        self.keys = keys
        self.cache = cache
    }

    /// The token that says `claims`, under the signing key.
    ///
    /// - Throws: `.unavailable` when it would be too long or the library fails.
    func sign(_ claims: TokenClaims) throws(AuthError) -> String {
        let input = "\(keys.signing.header).\(Base64URL.encode(claims.json.octets))"
        guard let signature = try? keys.signing.signature(of: Array(input.utf8)) else { throw .unavailable }
        let token = "\(input).\(Base64URL.encode(signature))"
        guard token.utf8.count <= Self.longest else { throw .unavailable }
        return token
    }

    /// What a token says, when it is one of ours, is one of what is expected and lives at `now`. Whether its session does
    /// is for the store to say.
    func claims(
        of token: String, expecting expectations: [TokenExpectation], at now: Timestamp
    ) throws(TokenError) -> TokenClaims {
        guard token.utf8.count <= Self.longest else { throw .invalid }
        let octets = Array(token.utf8)
        guard let dots = Self.dots(in: octets.span), let key = keys.key(header: octets[..<dots.first]),
            let payload = Base64URL.decode(octets[(dots.first + 1)..<dots.second]),
            let signature = Base64URL.decode(octets[(dots.second + 1)...])
        else { throw .invalid }
        let input = Array(octets[..<dots.second])
        guard isSignature(signature, of: input, by: key), let claims = TokenClaims(payload),
            expectations.contains(where: { $0.isMet(by: claims) }), claims.issuedAt < claims.expires,
            claims.issuedAt <= now.seconds.addingReportingOverflow(Self.leeway).partialValue
        else { throw .invalid }
        guard now.seconds < claims.expires else { throw .expired }
        return claims
    }

    /// Where the two dots of a token are; nil when there are fewer, or more.
    private static func dots(in token: Span<UInt8>) -> (first: Int, second: Int)? {
        let dot = UInt8(ascii: ".")
        guard let first = token.firstIndex(of: dot),
            let gap = token.extracting((first + 1)...).firstIndex(of: dot), case let second = first + 1 + gap,
            token.extracting((second + 1)...).firstIndex(of: dot) == nil
        else { return nil }
        return (first, second)
    }

    private func isSignature(_ signature: [UInt8], of input: [UInt8], by key: TokenKey) -> Bool {
        switch key.material {
        case .hs256(let mac): return (try? mac.isTag(signature, of: input)) ?? false
        case .edDSA(let pair):
            guard signature.count == Ed25519Key.signatureLength, let digest = try? SHA256.digest(input + signature)
            else { return false }
            if cache.contains(digest) { return true }
            guard pair.isSignature(signature, of: input) else { return false }
            cache.insert(digest)
            return true
        }
    }
}
