import CSodium

/// libsodium, made ready once in a process.
enum Sodium {
    private static let status = sodium_init()

    /// Must have returned before anything else of libsodium is used; safe from any thread, cheap after the first time.
    static func start() throws(CryptoError) {
        guard status >= 0 else { throw CryptoError(function: "sodium_init", code: Int(status)) }
    }
}
