import Glibc

/// How listening sockets are made.
struct ListenOptions: Sendable {
    /// The permissions of a unix socket.
    var mode: mode_t = 0o660
    /// The group of a unix socket; nil leaves the program's own.
    var group: gid_t?
    /// Connections that may wait for `accept`.
    var backlog: Int32 = 4096
    /// What a TCP connection may hold before it is read, in octets: a whole request should fit.
    static let receiveBuffer: Int32 = 256 << 10

    /// The number of a group with this name, or of this number.
    static func group(named name: String) throws(FastCGIError) -> gid_t {
        if let number = gid_t(name) { return number }
        guard let entry = unsafe getgrnam(name) else { throw .group(name) }
        return unsafe entry.pointee.gr_gid
    }
}
