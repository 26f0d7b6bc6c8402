import CSodium
import Glibc

/// Octets of a key: outside of swap and core dumps where the system permits, read-only once filled, overwritten at the
/// end (libsodium, "Secure memory").
///
/// Sendable because the memory is written before the initialiser returns and is read-only from then on.
@safe final class SecretOctets: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer

    /// How many there are.
    var count: Int { unsafe memory.count }

    /// `count` octets as `fill` writes them.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Void) throws(CryptoError) {
        try Sodium.start()
        guard let start = unsafe sodium_malloc(count) else {
            throw CryptoError(function: "sodium_malloc", code: Int(errno))
        }
        unsafe memory = UnsafeMutableRawBufferPointer(start: start, count: count)
        unsafe try fill(memory)
        let status = unsafe sodium_mprotect_readonly(start)
        // Where there is no protection of pages (ENOSYS) the memory stays writable; nothing here writes it.
        guard status == 0 || errno == ENOSYS else {
            throw CryptoError(function: "sodium_mprotect_readonly", code: Int(errno))
        }
    }

    /// A copy of `octets`; who gave them still has to wipe them.
    convenience init(copying octets: [UInt8]) throws(CryptoError) {
        unsafe try self.init(count: octets.count) { memory in unsafe memory.copyBytes(from: octets) }
    }

    deinit { unsafe sodium_free(memory.baseAddress) }

    /// Lends the octets for the time of the call.
    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(UnsafeRawBufferPointer(memory))
    }
}
