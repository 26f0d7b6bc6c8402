extension Configuration {
    /// Where requests come from.
    enum Listener: Hashable, Sendable {
        /// The sockets that systemd passes: sd_listen_fds(3).
        case systemd
        /// A listening socket that this process was started with as descriptor 0.
        case descriptor
        /// A unix socket to bind, by its absolute path.
        case unix(path: String)
        /// An address to bind; an IPv6 host is without its brackets.
        case tcp(host: String, port: Int)

        /// Reads "systemd", "fd:0", "unix:PATH" and "tcp:HOST:PORT".
        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let kind = parts.first else { return nil }
            let rest = parts.dropFirst().first.map(String.init)
            switch (kind, rest) {
            case ("systemd", nil): self = .systemd
            case ("fd", "0"): self = .descriptor
            case ("unix", let rest?):
                // sun_path is 108 octets with its end: unix(7).
                guard rest.hasPrefix("/"), rest.utf8.count <= 107, !ConfigurationForm<String>.hasControls(rest) else {
                    return nil
                }
                self = .unix(path: rest)
            case ("tcp", let rest?):
                guard let (host, port) = HostPort.parse(rest), let port else { return nil }
                self = .tcp(host: host, port: port)
            default: return nil
            }
        }

        /// The text that `init` reads.
        var text: String {
            switch self {
            case .systemd: "systemd"
            case .descriptor: "fd:0"
            case .unix(let path): "unix:\(path)"
            case .tcp(let host, let port): "tcp:" + HostPort.text(host, port)
            }
        }
    }
}

extension ConfigurationForm where Value == Configuration.Listener {
    /// A listener.
    static var listener: Self {
        parsed(
            "listener", accepted: #""systemd", "fd:0", "unix:/PATH" or "tcp:HOST:PORT""#,
            parse: { Configuration.Listener($0) }, text: \.text)
    }
}
