import CSodium

/// SHA-256 (FIPS 180-4).
enum SHA256 {
    /// How many octets a digest has.
    static let length = Int(crypto_hash_sha256_BYTES)

    /// The 32 octets of the digest.
    static func digest(_ octets: [UInt8]) throws(CryptoError) -> [UInt8] {
        try Sodium.start()
        var digest = [UInt8](repeating: 0, count: length)
        let status = unsafe crypto_hash_sha256(&digest, octets, UInt64(octets.count))
        guard status == 0 else { throw CryptoError(function: "crypto_hash_sha256", code: Int(status)) }
        return digest
    }
}
