/// A C library refused what it should have done. Never a matter of what a client sent, never holding a secret.
struct CryptoError: Error, Equatable, CustomStringConvertible {
    /// The function that failed.
    let function: String
    /// OpenSSL's error code (`openssl errstr`), the system's `errno`, or what the function returned.
    let code: Int

    var description: String { "\(function) failed: \(code)" }
}
