import Glibc

extension ListenAddress {
    /// The address that the configuration means.
    init(_ listener: Configuration.Listener) {
        switch listener {
        case .systemd: self = .systemd
        case .descriptor: self = .inherited
        case .unix(let path): self = .unix(path: path)
        case .tcp(let host, let port): self = .tcp(host: host, port: "\(port)")
        }
    }
}

extension StartFailure {
    /// Why the supervisor cannot start, under the key that it is about.
    init(_ error: FastCGIError) {
        switch error {
        case .group: self.init("server.socket_group: \(error)")
        case .socket, .notListening, .nothingPassed, .address, .addressInUse, .fileInTheWay:
            self.init("server.listen: \(error)")
        case .system: self.init("the service cannot start: \(error)")
        }
    }
}

extension ListenOptions {
    /// How the configuration wants sockets to be made.
    init(_ server: Configuration.Server) throws(StartFailure) {
        self.init(
            mode: server.socketMode.bits, group: try PeerPolicy.group(server), backlog: Int32(clamping: server.backlog))
    }
}

extension PeerPolicy {
    /// The web servers that the configuration, or `FCGI_WEB_SERVER_ADDRS` (FastCGI 1.0, 3.2), lets connect.
    init(_ server: Configuration.Server, environment: [String: String]) throws(StartFailure) {
        let addresses = environment["FCGI_WEB_SERVER_ADDRS"]?.split { $0 == "," || $0 == " " } ?? []
        self.init(group: try Self.group(server), addresses: addresses.map(String.init))
    }

    /// The group of the configuration. The standard one need not exist.
    static func group(_ server: Configuration.Server) throws(StartFailure) -> gid_t? {
        do throws(FastCGIError) {
            return try ListenOptions.group(named: server.socketGroup)
        } catch {
            if server.socketGroup == Configuration.Server().socketGroup { return nil }
            throw StartFailure(error)
        }
    }
}
