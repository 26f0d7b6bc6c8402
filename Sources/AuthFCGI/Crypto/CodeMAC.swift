import AuthDomain

/// Digests of one-time codes by HMAC-SHA-256 over realm, purpose, address and code.
struct CodeMAC: CodeDigester, Sendable {
    private let keys: KeySet<HMACSHA256>

    init(keys ring: KeyRing) throws(CryptoError) {
        keys = try ring.keys(for: .code) { (secret) throws(CryptoError) in try HMACSHA256(key: secret) }
    }

    func digest(
        _ code: OneTimeCode, in realm: Realm, for purpose: Purpose, target: String
    ) throws(AuthError) -> CodeDigest {
        let message = Self.message(code, in: realm, for: purpose, target: target)
        guard let tag = try? keys.current.key.tag(of: message) else { throw .unavailable }
        return CodeDigest(keyID: keys.current.id, octets: tag)
    }

    /// A digest under a key that is no longer in the ring is no code's.
    func matches(
        _ code: OneTimeCode, _ digest: CodeDigest, in realm: Realm, for purpose: Purpose, target: String
    ) throws(AuthError) -> Bool {
        guard let key = keys[digest.keyID] else { return false }
        let message = Self.message(code, in: realm, for: purpose, target: target)
        guard let matches = try? key.isTag(digest.octets, of: message) else { throw .unavailable }
        return matches
    }

    private static func message(
        _ code: OneTimeCode, in realm: Realm, for purpose: Purpose, target: String
    ) -> [UInt8] {
        LengthPrefixed.octets(realm.key, purpose.rawValue, target, code.text)
    }
}
