import Glibc

/// Who is at the other end of a connection.
enum Peer: Sendable, Equatable {
    /// A process on this machine, by its user's number.
    case user(uid_t)
    /// A host, by its address in figures.
    case host(String)
}
