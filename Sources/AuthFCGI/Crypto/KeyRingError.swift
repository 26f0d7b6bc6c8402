/// Why a key file cannot be used. It names lines, never what stands in them.
enum KeyRingError: Error, Equatable, CustomStringConvertible {
    /// The line is not `id:` and a key.
    case malformed(line: Int)
    /// The id is not 1 to 16 letters, digits, dashes and underscores.
    case badID(line: Int)
    /// The key is not strict, padded Base64 (RFC 4648, 4).
    case badBase64(line: Int)
    /// The key has fewer octets than it must, or not as many as it must have.
    case badLength(line: Int)
    /// A line above has the same id.
    case duplicate(line: Int)
    /// There is no key at all.
    case empty
    /// There are keys, and none by which tokens could be signed as the configuration wants it.
    case noneSigns(TokenAlgorithm)
    /// The system gave no memory or no random octets.
    case unavailable

    var description: String {
        switch self {
        case .malformed(let line): "line \(line): not \"id:base64\" (of token keys also \"id:ed25519:base64\")"
        case .badID(let line): "line \(line): an id is 1 to 16 letters, digits, \"-\" and \"_\""
        case .badBase64(let line): "line \(line): the key is not padded Base64"
        case .badLength(let line): "line \(line): the key has the wrong length (at least 32 octets; a seed exactly 32)"
        case .duplicate(let line): "line \(line): the id stands above already"
        case .empty: "no key"
        case .noneSigns(let algorithm):
            "no key for \(algorithm.rawValue) (authfcgi keys generate --algorithm \(algorithm.rawValue) makes one)"
        case .unavailable: "no memory for keys, or no random octets"
        }
    }
}
