import CSystem
import Glibc

/// Which processes may speak to a worker: whoever does can name any client address.
struct PeerPolicy: Sendable {
    /// The group whose members may use a unix socket, beside root and the worker's own user.
    var group: gid_t?
    /// Numeric addresses that may connect by TCP, beside the loopback ones: `webServerAddresses()`.
    var addresses: [String] = []

    /// The addresses in `FCGI_WEB_SERVER_ADDRS` (FastCGI 1.0, 3.2).
    static func webServerAddresses() -> [String] {
        guard let text = unsafe getenv("FCGI_WEB_SERVER_ADDRS") else { return [] }
        return unsafe String(cString: text).split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// Whether the process at the other end of this connection is welcome.
    func admits(_ connection: Int32) -> Bool {
        switch system_get_option(connection, SOL_SOCKET, SO_DOMAIN) {
        case AF_UNIX: admitsProcess(at: connection)
        case AF_INET, AF_INET6: admitsAddress(of: connection)
        default: false
        }
    }

    private func admitsProcess(at connection: Int32) -> Bool {
        var user = uid_t.max
        var primary = gid_t.max
        guard unsafe system_peer(connection, &user, &primary) == 0 else { return false }
        if user == 0 || user == geteuid() { return true }
        guard let group else { return false }
        return primary == group || system_peer_has_group(connection, group) == 1
    }

    private func admitsAddress(of connection: Int32) -> Bool {
        guard let address = numericAddress(of: connection) else { return false }
        return address == "::1" || address.hasPrefix("127.") || addresses.contains(address)
    }

    /// The peer's address in figures; one that IPv6 only carries (RFC 4291, 2.5.5.2) as IPv4.
    private func numericAddress(of connection: Int32) -> String? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let failed = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                if unsafe getpeername(connection, address, &size) != 0 { return true }
                let count = socklen_t(text.count)
                return unsafe getnameinfo(address, size, &text, count, nil, 0, NI_NUMERICHOST) != 0
            }
        }
        if failed { return nil }
        let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.hasPrefix("::ffff:") ? String(name.dropFirst(7)) : name
    }
}
