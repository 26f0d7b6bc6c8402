import AuthDomain

/// Issues the tokens of all realms: signed ones by `TokenSigner`, refresh tokens by a key of the ring.
struct TokenMint: TokenIssuing, Sendable {
    private static let refreshVersion = "r1"
    /// Octets of a refresh token's number.
    private static let numberLength = 4

    private let signer: TokenSigner
    private let issuer: String
    private let refresh: KeySet<HMACSHA256>
    private let random: any RandomSource & Sendable

    /// A mint whose tokens name `issuer`.
    init(
        signer: TokenSigner, keys ring: KeyRing, issuer: String, random: any RandomSource & Sendable
    ) throws(CryptoError) {
        self.signer = signer
        self.issuer = issuer
        self.random = random
        refresh = try ring.keys(for: .refresh) { (secret) throws(CryptoError) in try HMACSHA256(key: secret) }
    }

    func issue(
        _ kind: TokenKind, _ token: Token, realm: Realm, at now: Timestamp, expires: Timestamp
    ) throws(AuthError) -> String {
        let account = token.account.description
        return try signer.sign(
            TokenClaims(
                issuer: issuer, audience: Self.audience(of: kind, realm), subject: account,
                session: Base64URL.encode(token.session.octets), tokenID: Base64URL.encode(try random.octets(16)),
                type: kind.rawValue, issuedAt: now.seconds, expires: expires.seconds, id: account))
    }

    func read(_ text: String, as kinds: [TokenKind], realm: Realm, at now: Timestamp) -> Token? {
        let expectations = kinds.map { kind in
            TokenExpectation(issuer: issuer, audience: Self.audience(of: kind, realm), type: kind.rawValue)
        }
        guard let claims = try? signer.claims(of: text, expecting: expectations, at: now),
            let session = Base64URL.decode(claims.session).flatMap(SessionSecret.init(octets:)),
            let account = AccountID(claims.subject)
        else { return nil }
        return Token(session: session, account: account)
    }

    func issue(_ refresh: RefreshToken, realm: Realm) throws(AuthError) -> String {
        let (id, key) = self.refresh.current
        let number = UInt32(clamping: refresh.generation)
        let content = refresh.session.octets + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        guard let tag = try? key.tag(of: Self.signed(content, id, realm)) else { throw .unavailable }
        return "\(Self.refreshVersion).\(id).\(Base64URL.encode(content + tag))"
    }

    func readRefresh(_ text: String, realm: Realm) -> RefreshToken? {
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let length = SessionSecret.length + Self.numberLength
        guard parts.count == 3, parts[0] == Self.refreshVersion,
            let key = refresh[String(parts[1])], let octets = Base64URL.decode(parts[2]),
            octets.count == length + HMACSHA256.length
        else { return nil }
        let content = Array(octets.prefix(length))
        let isOurs = try? key.isTag(Array(octets.dropFirst(length)), of: Self.signed(content, String(parts[1]), realm))
        guard isOurs == true, let session = SessionSecret(octets: Array(content.prefix(SessionSecret.length))) else {
            return nil
        }
        let generation = content.suffix(Self.numberLength).reduce(0) { $0 << 8 | Int($1) }
        return RefreshToken(session: session, generation: generation)
    }

    /// `aud`: the realm, or where new passwords are set in it, which is no realm's name.
    private static func audience(of kind: TokenKind, _ realm: Realm) -> String {
        switch kind {
        case .access, .bearer: realm.key
        case .reset: realm.key + ":reset"
        }
    }

    private static func signed(_ content: [UInt8], _ id: String, _ realm: Realm) -> [UInt8] {
        LengthPrefixed.octets(refreshVersion, id, realm.key) + content
    }
}
