import COpenSSL

/// HMAC-SHA-256 (RFC 2104, RFC 4231) under one key of any length.
///
/// What the key alone decides is computed once; a tag then costs the message and one block more.
struct HMACSHA256: Sendable {
    /// How many octets a tag has.
    static let length = SHA256.length

    /// The inner hash and the outer, each behind its first block, which is the key's.
    private let inner: SecretOctets
    private let outer: SecretOctets

    init(key: SecretOctets) throws(CryptoError) {
        var octets = unsafe key.withUnsafeBytes { unsafe [UInt8]($0) }
        defer { octets.wipe() }
        if octets.count > SHA256.blockLength {
            let long = octets
            octets = try SHA256.digest(long)
        }
        inner = try Self.state(behind: octets, padded: 0x36)
        outer = try Self.state(behind: octets, padded: 0x5C)
    }

    /// The 32 octets of the message's tag.
    func tag(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var state = SHA256_CTX()
        Self.copy(inner, to: &state)
        var digest = try SHA256.end(&state, behind: message)
        defer { digest.wipe() }
        Self.copy(outer, to: &state)
        return try SHA256.end(&state, behind: digest)
    }

    /// Whether `tag` is the message's whole tag, compared in constant time. A shortened tag is none.
    func isTag(_ tag: [UInt8], of message: [UInt8]) throws(CryptoError) -> Bool {
        ConstantTime.areEqual(try self.tag(of: message), tag)
    }

    private static func copy(_ octets: SecretOctets, to state: inout SHA256_CTX) {
        unsafe withUnsafeMutableBytes(of: &state) { state in
            unsafe octets.withUnsafeBytes { unsafe state.copyMemory(from: $0) }
        }
    }

    /// A hash that has taken in one block: the key, as long as the block by zeros, each octet changed by `pad`.
    private static func state(behind key: [UInt8], padded pad: UInt8) throws(CryptoError) -> SecretOctets {
        var block = [UInt8](repeating: pad, count: SHA256.blockLength)
        defer { block.wipe() }
        for (index, octet) in zip(block.indices, key) { block[index] ^= octet }
        var state = SHA256_CTX()
        defer { unsafe OPENSSL_cleanse(&state, MemoryLayout<SHA256_CTX>.size) }
        guard unsafe SHA256_Init(&state) == 1, unsafe SHA256_Update(&state, block, block.count) == 1 else {
            throw CryptoError(function: "SHA256_Update", code: 0)
        }
        return unsafe try SecretOctets(count: MemoryLayout<SHA256_CTX>.size) { memory in
            unsafe withUnsafeBytes(of: &state) { unsafe memory.copyMemory(from: $0) }
        }
    }
}
