import CSodium

/// HMAC-SHA-256 (RFC 2104, RFC 4231) under one key of any length.
///
/// What the key alone decides is computed once; a tag then costs the message and one block more.
struct HMACSHA256: Sendable {
    /// How many octets a tag has.
    static let length = Int(crypto_auth_hmacsha256_BYTES)

    private let keyed: SecretOctets

    init(key: SecretOctets) throws(CryptoError) {
        keyed = unsafe try SecretOctets(count: MemoryLayout<crypto_auth_hmacsha256_state>.size) {
            (memory) throws(CryptoError) in
            var state = crypto_auth_hmacsha256_state()
            let status = unsafe key.withUnsafeBytes { key -> Int32 in
                guard let start = key.baseAddress else { return -1 }
                return unsafe crypto_auth_hmacsha256_init(
                    &state, start.assumingMemoryBound(to: UInt8.self), key.count)
            }
            unsafe withUnsafeMutableBytes(of: &state) { state in
                unsafe memory.copyMemory(from: UnsafeRawBufferPointer(state))
                unsafe sodium_memzero(state.baseAddress, state.count)
            }
            guard status == 0 else { throw CryptoError(function: "crypto_auth_hmacsha256_init", code: Int(status)) }
        }
    }

    /// The 32 octets of the message's tag.
    func tag(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        unsafe withUnsafeMutableBytes(of: &state) { state in
            unsafe keyed.withUnsafeBytes { unsafe state.copyMemory(from: $0) }
        }
        defer { unsafe withUnsafeMutableBytes(of: &state) { unsafe sodium_memzero($0.baseAddress, $0.count) } }
        var tag = [UInt8](repeating: 0, count: Self.length)
        let updated = unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        guard updated == 0 else { throw CryptoError(function: "crypto_auth_hmacsha256_update", code: Int(updated)) }
        let finished = unsafe crypto_auth_hmacsha256_final(&state, &tag)
        guard finished == 0 else { throw CryptoError(function: "crypto_auth_hmacsha256_final", code: Int(finished)) }
        return tag
    }

    /// Whether `tag` is the message's whole tag, compared in constant time. A shortened tag is none.
    func isTag(_ tag: [UInt8], of message: [UInt8]) throws(CryptoError) -> Bool {
        ConstantTime.areEqual(try self.tag(of: message), tag)
    }
}
