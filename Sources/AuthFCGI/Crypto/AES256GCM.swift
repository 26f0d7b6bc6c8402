import COpenSSL

/// AES-256-GCM under one key (SP 800-38D): nonces of 96 bits, tags of 128 bits, nothing else.
///
/// With random nonces one key is good for 2^32 messages. Sendable because key and cipher are immutable: each message
/// has its own context.
@safe final class AES256GCM: @unchecked Sendable {
    /// How many octets a nonce has.
    static let nonceLength = 12
    /// How many octets a tag has.
    static let tagLength = 16

    private let key: SecretOctets
    private let cipher: OpaquePointer

    /// - Throws: when the key has not 32 octets, or OpenSSL has no such cipher.
    init(key: SecretOctets) throws(CryptoError) {
        guard key.count == 32 else { throw CryptoError(function: "AES-256-GCM", code: key.count) }
        // EVP_CIPHER_fetch(3): ours to free; fetching once spares each message the search.
        guard let cipher = unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
            throw CryptoError(function: "EVP_CIPHER_fetch", code: Int(truncatingIfNeeded: ERR_get_error()))
        }
        self.key = key
        unsafe self.cipher = unsafe cipher
    }

    deinit { unsafe EVP_CIPHER_free(cipher) }

    /// Ciphertext and tag. A nonce must never come twice under one key.
    func seal(_ octets: [UInt8], nonce: [UInt8], authenticating context: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard nonce.count == Self.nonceLength else { throw CryptoError(function: "AES-256-GCM", code: nonce.count) }
        let message = try CipherContext()
        try unsafe message.start(cipher, key: key, nonce: nonce[...], encrypting: true)
        try message.authenticate(context)
        let sealed = try message.transform(octets[...])
        guard message.finish() else { throw CryptoError(function: "EVP_CipherFinal_ex", code: 0) }
        return sealed + (try message.tag(Self.tagLength))
    }

    /// The octets that were sealed with this nonce and context; nil when these were not.
    func open(_ sealed: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>, authenticating context: [UInt8]) -> [UInt8]? {
        guard nonce.count == Self.nonceLength, sealed.count >= Self.tagLength else { return nil }
        do throws(CryptoError) {
            let message = try CipherContext()
            try unsafe message.start(cipher, key: key, nonce: nonce, encrypting: false)
            try message.expect(tag: sealed.suffix(Self.tagLength))
            try message.authenticate(context)
            var octets = try message.transform(sealed.dropLast(Self.tagLength))
            guard message.finish() else {
                octets.wipe()
                return nil
            }
            return octets
        } catch {
            return nil
        }
    }
}
