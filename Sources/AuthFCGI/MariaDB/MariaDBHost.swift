/// Where a server listens.
enum MariaDBHost: Sendable, Equatable {
    /// A Unix socket, by its path.
    case socket(String)
    /// A name or address, and a port.
    case tcp(String, UInt16)
}
