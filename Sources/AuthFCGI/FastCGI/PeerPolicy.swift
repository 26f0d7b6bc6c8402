import CSystem
import Glibc

/// Which processes may speak to a worker: whoever does can name any client address.
struct PeerPolicy: Sendable {
    /// What becomes of a connection.
    enum Verdict: Equatable {
        case admitted
        case refused(Peer)
        /// The system tells nothing of the peer, which has gone already.
        case unknown
    }

    /// The group whose members may use a unix socket, beside root and the worker's own user.
    var group: gid_t?
    /// Numeric addresses that may connect by TCP, beside the loopback ones.
    var addresses: [String] = []

    /// Whether the process at the other end of this connection is welcome.
    func verdict(on connection: Int32) -> Verdict {
        switch system_get_option(connection, SOL_SOCKET, SO_DOMAIN) {
        case AF_UNIX: verdict(onProcessAt: connection)
        case AF_INET, AF_INET6: verdict(onHostAt: connection)
        default: .unknown
        }
    }

    private func verdict(onProcessAt connection: Int32) -> Verdict {
        var user = uid_t.max
        var primary = gid_t.max
        guard unsafe system_peer(connection, &user, &primary) == 0 else { return .unknown }
        if user == 0 || user == geteuid() { return .admitted }
        if let group, primary == group || system_peer_has_group(connection, group) == 1 { return .admitted }
        return .refused(.user(user))
    }

    private func verdict(onHostAt connection: Int32) -> Verdict {
        guard let address = numericAddress(of: connection) else { return .unknown }
        let isWelcome = address == "::1" || address.hasPrefix("127.") || addresses.contains(address)
        return isWelcome ? .admitted : .refused(.host(address))
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
