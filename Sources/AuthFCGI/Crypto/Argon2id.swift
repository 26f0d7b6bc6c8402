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

    /// The PHC string of nobody's password: as costly to compare with as a real one, and made without that cost.
    ///
    /// - Throws: when the library would refuse the parameters.
    func nobodys() throws(CryptoError) -> PasswordHash {
        guard memory >= crypto_pwhash_memlimit_min(), memory <= crypto_pwhash_memlimit_max(),
            passes >= crypto_pwhash_opslimit_min(), passes <= crypto_pwhash_opslimit_max()
        else { throw CryptoError(function: "crypto_pwhash_str", code: Int(EINVAL)) }
        guard let octets = try? SystemRandom().octets(16 + 32) else {
            throw CryptoError(function: "getentropy", code: Int(EIO))
        }
        let (salt, tag) = (Self.text(octets.prefix(16)), Self.text(octets.dropFirst(16)))
        return PasswordHash(phc: "$argon2id$v=19$m=\(memory / 1024),t=\(passes),p=1$\(salt)$\(tag)")
    }

    /// Base64 without padding, as PHC strings have it.
    private static func text(_ octets: ArraySlice<UInt8>) -> String {
        String(Base64.encode(Array(octets)).prefix { $0 != "=" })
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
