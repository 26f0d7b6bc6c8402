/// Whether the connection is encrypted. A Unix socket is never encrypted, whatever is said here.
enum MariaDBTLS: Sendable, Equatable {
    /// In clear.
    case off
    /// Encrypted, or no connection; whose certificate it is does not matter.
    case required
    /// Encrypted, with a certificate for the host's name that the system's authorities vouch for, or no connection.
    case verify
}
