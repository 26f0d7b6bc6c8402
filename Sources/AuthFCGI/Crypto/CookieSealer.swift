import AuthDomain

/// Cookie values `v1.<key id>.<base64url of nonce, ciphertext, tag>`, by AES-256-GCM under a fresh random nonce, bound
/// to version, key id, cookie name and realm.
struct CookieSealer: CookieSealing, Sendable {
    /// The longest value that is made or looked at, in octets.
    static let longest = 4096

    private static let version = "v1"
    /// What every value begins with.
    private static let beginning = Array("\(version).".utf8)
    /// What a value begins with that is sealed under the present key.
    private let currentBeginning: [UInt8]
    private let keys: KeySet<AES256GCM>
    private let random: any RandomSource & Sendable

    init(keys ring: KeyRing, random: any RandomSource & Sendable) throws(CryptoError) {
        keys = try ring.keys(for: .cookie) { (secret) throws(CryptoError) in try AES256GCM(key: secret) }
        currentBeginning = Self.beginning + Array("\(keys.current.id).".utf8)
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
        let octets = Array(text.utf8)
        guard octets.span.hasPrefix(Self.beginning.span),
            let dot = octets[Self.beginning.count...].firstIndex(of: 0x2E),
            let (id, key) = keys.key(called: octets[Self.beginning.count..<dot]),
            let sealed = Base64URL.decode(octets[(dot + 1)...])
        else { return nil }
        return key.open(
            sealed.dropFirst(AES256GCM.nonceLength), nonce: sealed.prefix(AES256GCM.nonceLength),
            authenticating: Self.context(id: id, cookie: cookie, realm: realm))
    }

    func isCurrent(_ text: String) -> Bool { text.utf8.span.hasPrefix(currentBeginning.span) }

    private static func context(id: String, cookie: String, realm: Realm) -> [UInt8] {
        LengthPrefixed.octets(version, id, cookie, realm.key)
    }
}
