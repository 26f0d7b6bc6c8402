import CSodium

/// An Ed25519 key pair (RFC 8032), as libsodium computes it: signatures of small-order keys and non-canonical ones are
/// refused.
struct Ed25519Key: Sendable {
    /// How many octets a seed (RFC 8032: the private key) has.
    static let seedLength = Int(crypto_sign_SEEDBYTES)
    /// How many octets a signature has.
    static let signatureLength = Int(crypto_sign_BYTES)

    /// The 32 octets that everybody may know.
    let publicKey: [UInt8]
    private let secretKey: SecretOctets

    /// - Throws: when the seed has not 32 octets.
    init(seed: [UInt8]) throws(CryptoError) {
        guard seed.count == Self.seedLength else { throw CryptoError(function: "Ed25519", code: seed.count) }
        var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
        secretKey = unsafe try SecretOctets(count: Int(crypto_sign_SECRETKEYBYTES)) { (memory) throws(CryptoError) in
            guard let start = memory.baseAddress else { throw CryptoError(function: "sodium_malloc", code: 0) }
            let status = unsafe crypto_sign_seed_keypair(
                &publicKey, start.assumingMemoryBound(to: UInt8.self), seed)
            guard status == 0 else { throw CryptoError(function: "crypto_sign_seed_keypair", code: Int(status)) }
        }
        self.publicKey = publicKey
    }

    /// The 64 octets of the message's signature; always the same.
    func signature(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Self.signatureLength)
        let status = unsafe secretKey.withUnsafeBytes { key -> Int32 in
            guard let start = key.baseAddress else { return -1 }
            return unsafe crypto_sign_detached(
                &signature, nil, message, UInt64(message.count), start.assumingMemoryBound(to: UInt8.self))
        }
        guard status == 0 else { throw CryptoError(function: "crypto_sign_detached", code: Int(status)) }
        return signature
    }

    /// Whether the signature is the message's by this key.
    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureLength else { return false }
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }
}
