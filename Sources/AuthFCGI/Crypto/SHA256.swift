import COpenSSL

/// SHA-256 (FIPS 180-4).
enum SHA256 {
    /// How many octets a digest has.
    static let length = Int(SHA256_DIGEST_LENGTH)
    /// How many octets it takes in at a time.
    static let blockLength = Int(SHA256_CBLOCK)

    /// The 32 octets of the digest.
    static func digest(_ octets: [UInt8]) throws(CryptoError) -> [UInt8] {
        var state = SHA256_CTX()
        guard unsafe SHA256_Init(&state) == 1 else { throw CryptoError(function: "SHA256_Init", code: 0) }
        return try end(&state, behind: octets)
    }

    /// The digest of what the state has taken in and of `octets` behind it. The state is overwritten.
    static func end(_ state: inout SHA256_CTX, behind octets: [UInt8]) throws(CryptoError) -> [UInt8] {
        defer { unsafe OPENSSL_cleanse(&state, MemoryLayout<SHA256_CTX>.size) }
        guard unsafe SHA256_Update(&state, octets, octets.count) == 1 else {
            throw CryptoError(function: "SHA256_Update", code: 0)
        }
        var digest: [UInt8] = []
        digest.append(addingCapacity: length) { $0.append(repeating: 0, count: length) }
        guard unsafe SHA256_Final(&digest, &state) == 1 else { throw CryptoError(function: "SHA256_Final", code: 0) }
        return digest
    }
}
