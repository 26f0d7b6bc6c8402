import COpenSSL

/// One EVP_CIPHER_CTX: one message in one direction (EVP_EncryptInit(3)).
@safe struct CipherContext: ~Copyable {
    private let context: OpaquePointer

    init() throws(CryptoError) {
        ERR_clear_error()
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw Self.failure("EVP_CIPHER_CTX_new") }
        unsafe self.context = unsafe context
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    /// Sets cipher, key, nonce and direction. The nonce's length is the cipher's own.
    func start(
        _ cipher: OpaquePointer, key: SecretOctets, nonce: ArraySlice<UInt8>, encrypting: Bool
    ) throws(CryptoError) {
        let status = unsafe key.withUnsafeBytes { key in
            unsafe nonce.withUnsafeBufferPointer { nonce in
                unsafe EVP_CipherInit_ex(
                    context, cipher, nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce.baseAddress,
                    encrypting ? 1 : 0)
            }
        }
        guard status == 1 else { throw Self.failure("EVP_CipherInit_ex") }
    }

    /// Adds octets that are authenticated but not encrypted.
    func authenticate(_ octets: [UInt8]) throws(CryptoError) {
        var written: Int32 = 0
        let status = unsafe EVP_CipherUpdate(context, nil, &written, octets, try Self.length(octets.count))
        guard status == 1 else { throw Self.failure("EVP_CipherUpdate") }
    }

    /// The octets in the other form. For decryption they are worth nothing before `finish` said so.
    func transform(_ octets: ArraySlice<UInt8>) throws(CryptoError) -> [UInt8] {
        let length = try Self.length(octets.count)
        var output = [UInt8](repeating: 0, count: octets.count)
        var written: Int32 = 0
        guard length > 0 else { return output }
        let status = unsafe octets.withUnsafeBufferPointer { octets in
            unsafe EVP_CipherUpdate(context, &output, &written, octets.baseAddress, length)
        }
        guard status == 1, written == length else { throw Self.failure("EVP_CipherUpdate") }
        return output
    }

    /// Ends the message; false when it is a decryption and the tag is not its.
    func finish() -> Bool {
        // GCM has nothing left to write; the manual asks for a block of room nevertheless.
        var written: Int32 = 0
        let status = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(EVP_MAX_BLOCK_LENGTH)) { rest in
            unsafe EVP_CipherFinal_ex(context, rest.baseAddress, &written)
        }
        guard status == 1 else {
            ERR_clear_error()
            return false
        }
        return written == 0
    }

    /// The tag of `count` octets, after `finish` of an encryption.
    func tag(_ count: Int) throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: count)
        let status = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, try Self.length(count), &tag)
        guard status == 1 else { throw Self.failure("EVP_CTRL_AEAD_GET_TAG") }
        return tag
    }

    /// Names the tag that `finish` of a decryption checks.
    func expect(tag: ArraySlice<UInt8>) throws(CryptoError) {
        let length = try Self.length(tag.count)
        // The library copies the tag, and does not write where it is.
        let status = unsafe tag.withUnsafeBufferPointer { tag in
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_TAG, length, UnsafeMutableRawPointer(mutating: tag.baseAddress))
        }
        guard status == 1 else { throw Self.failure("EVP_CTRL_AEAD_SET_TAG") }
    }

    private static func length(_ count: Int) throws(CryptoError) -> Int32 {
        guard let length = Int32(exactly: count) else { throw CryptoError(function: "EVP_CipherUpdate", code: count) }
        return length
    }

    /// What OpenSSL says about the call that just failed; empties its queue.
    private static func failure(_ function: String) -> CryptoError {
        let code = ERR_get_error()
        ERR_clear_error()
        return CryptoError(function: function, code: Int(truncatingIfNeeded: code))
    }
}
