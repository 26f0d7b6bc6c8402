import AuthDomain

/// Cookie values `v1.<key id>.<base64url of nonce, ciphertext, tag>`, by AES-256-GCM under a fresh random nonce, bound
/// to version, key id, cookie name and realm.
struct CookieSealer: CookieSealing, Sendable {
    /// The longest value that is made or looked at, in octets.
    static let longest = 4096

    private static let version = "v1"
    private let keys: KeySet<AES256GCM>
    private let random: any RandomSource & Sendable

    init(keys ring: KeyRing, random: any RandomSource & Sendable) throws(CryptoError) {
        keys = try ring.keys(for: .cookie) { (secret) throws(CryptoError) in try AES256GCM(key: secret) }
        self.random = random
    }

    func seal(_ octets: [UInt8], cookie: String, realm: Realm) throws(AuthError) -> String {
        let (id, key) = keys.current
        let nonce = try random.octets(AES256GCM.nonceLength)
        let context = Self.context(id: id, cookie: cookie, realm: realm)
        guard let sealed = try? key.seal(octets, nonce: nonce, authenticating: context) else { throw .unavailable }
        let text = "\(Self.version).\(id).\(Base64URL.encode(nonce + sealed))"
        guard text.utf8.count <= Self.longest else { throw .unavailable }
        return text
    }

    func open(_ text: String, cookie: String, realm: Realm) -> [UInt8]? {
        guard text.utf8.count <= Self.longest else { return nil }
        let parts = Array(text.utf8).split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let version = parts.first, version.elementsEqual(Self.version.utf8) else { return nil }
        let id = String(decoding: parts[1], as: UTF8.self)
        guard let key = keys[id], let octets = Base64URL.decode(parts[2]) else { return nil }
        return key.open(
            Array(octets.dropFirst(AES256GCM.nonceLength)), nonce: Array(octets.prefix(AES256GCM.nonceLength)),
            authenticating: Self.context(id: id, cookie: cookie, realm: realm))
    }

    func isCurrent(_ text: String) -> Bool { text.utf8.starts(with: "\(Self.version).\(keys.current.id).".utf8) }

    private static func context(id: String, cookie: String, realm: Realm) -> [UInt8] {
        LengthPrefixed.octets(version, id, cookie, realm.key)
    }
}
