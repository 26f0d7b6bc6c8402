/// Key derivation by HMAC-SHA-256 (RFC 5869).
enum HKDF {
    /// The longest output: 255 blocks.
    static let longest = 255 * HMACSHA256.length

    /// `count` octets for the use that `info` names.
    ///
    /// - Throws: when `count` is not in 1...8160, or the library fails.
    static func derive(
        from secret: SecretOctets, salt: [UInt8] = [], info: [UInt8], count: Int
    ) throws(CryptoError) -> SecretOctets {
        guard (1...longest).contains(count) else { throw CryptoError(function: "HKDF", code: count) }
        let salt = salt.isEmpty ? [UInt8](repeating: 0, count: HMACSHA256.length) : salt
        let extractor = try HMACSHA256(key: try SecretOctets(copying: salt))
        var input = unsafe secret.withUnsafeBytes { unsafe Array($0) }
        defer { input.wipe() }
        var pseudorandomKey = try extractor.tag(of: input)
        defer { pseudorandomKey.wipe() }
        let expander = try HMACSHA256(key: try SecretOctets(copying: pseudorandomKey))
        var output: [UInt8] = []
        output.reserveCapacity(count + HMACSHA256.length)
        defer { output.wipe() }
        var block: [UInt8] = []
        defer { block.wipe() }
        var counter: UInt8 = 1
        while output.count < count {
            block += info
            block.append(counter)
            let next = try expander.tag(of: block)
            block.wipe()
            block = next
            output += block
            counter &+= 1
        }
        output.removeLast(output.count - count)
        return try SecretOctets(copying: output)
    }
}
