import AuthDomain
import CSodium
import Glibc

/// Argon2id, version 19, one lane (RFC 9106), as libsodium computes it.
struct Argon2id: Sendable {
    /// In octets.
    let memory: Int
    /// How often the memory is gone through.
    let passes: Int

    /// The PHC string of the password's hash under a fresh salt.
    func hash(_ password: [UInt8]) throws(CryptoError) -> PasswordHash {
        try Sodium.start()
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        guard let passes = UInt64(exactly: passes), memory >= 0 else {
            throw CryptoError(function: "crypto_pwhash_str", code: Int(EINVAL))
        }
        errno = 0
        let status = HashMemory.lend {
            unsafe password.withUnsafeBytes { password -> Int32 in
                guard let start = password.baseAddress else { return -1 }
                return unsafe crypto_pwhash_str(
                    &text, start.assumingMemoryBound(to: CChar.self), UInt64(password.count), passes, memory)
            }
        }
        guard status == 0 else { throw CryptoError(function: "crypto_pwhash_str", code: Int(errno)) }
        return PasswordHash(phc: String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }

    /// Whether the hash is the password's; at the hash's own cost.
    ///
    /// - Throws: when there was no memory for it.
    static func isHash(_ hash: PasswordHash, of password: [UInt8]) throws(CryptoError) -> Bool {
        try Sodium.start()
        errno = 0
        let status = HashMemory.lend {
            unsafe password.withUnsafeBytes { password -> Int32 in
                guard let start = password.baseAddress else { return -1 }
                return unsafe crypto_pwhash_str_verify(
                    hash.phc, start.assumingMemoryBound(to: CChar.self), UInt64(password.count))
            }
        }
        let reason = errno
        guard status != 0 else { return true }
        guard reason != ENOMEM else { throw CryptoError(function: "crypto_pwhash_str_verify", code: Int(reason)) }
        return false
    }
}
