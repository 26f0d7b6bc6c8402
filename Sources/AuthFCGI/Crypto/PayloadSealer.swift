import AuthDomain

/// What the outbox keeps of a message, by AES-256-GCM: a version octet (1), the key id's length and the key id, nonce,
/// ciphertext, tag.
struct PayloadSealer: Sendable {
    private static let version: UInt8 = 1
    private let keys: KeySet<AES256GCM>
    private let random: any RandomSource & Sendable

    init(keys ring: KeyRing, random: any RandomSource & Sendable) throws(CryptoError) {
        keys = try ring.keys(for: .outbox) { (secret) throws(CryptoError) in try AES256GCM(key: secret) }
        self.random = random
    }

    /// The sealed octets, bound to `context` (which row they are of): 30 octets and the key id's longer.
    func seal(_ octets: [UInt8], context: [UInt8]) throws(AuthError) -> [UInt8] {
        let (id, key) = keys.current
        let header = [Self.version, UInt8(truncatingIfNeeded: id.utf8.count)] + id.utf8
        let nonce = try random.octets(AES256GCM.nonceLength)
        guard let sealed = try? key.seal(octets, nonce: nonce, authenticating: header + context) else {
            throw .unavailable
        }
        return header + nonce + sealed
    }

    /// What was sealed for `context`; nil for anything else.
    func open(_ sealed: [UInt8], context: [UInt8]) -> [UInt8]? {
        guard sealed.first == Self.version, let length = sealed.dropFirst().first else { return nil }
        let header = Array(sealed.prefix(2 + Int(length)))
        let id = String(decoding: header.dropFirst(2), as: UTF8.self)
        guard let key = keys[id] else { return nil }
        let body = sealed.dropFirst(header.count)
        return key.open(
            body.dropFirst(AES256GCM.nonceLength), nonce: body.prefix(AES256GCM.nonceLength),
            authenticating: header + context)
    }
}
