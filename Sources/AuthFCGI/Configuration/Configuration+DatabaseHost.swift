extension Configuration {
    /// Where a database server listens.
    enum DatabaseHost: Hashable, Sendable {
        /// This machine, by the unix socket of the configuration.
        case socket
        /// A host by name or address; 3306 is the port where none is written.
        case network(host: String, port: Int)

        /// Reads "localhost", "host" and "host:port".
        init?(_ text: String) {
            if text == "localhost" {
                self = .socket
            } else {
                guard let (host, port) = HostPort.parse(text) else { return nil }
                self = .network(host: host, port: port ?? 3306)
            }
        }

        /// Whether it is this machine for certain.
        var isThisMachine: Bool {
            switch self {
            case .socket: true
            case .network(let host, _): host == "127.0.0.1" || host == "::1"
            }
        }

        /// The text that `init` reads.
        var text: String {
            switch self {
            case .socket: "localhost"
            case .network(let host, let port): HostPort.text(host, port)
            }
        }
    }
}

extension ConfigurationForm where Value == Configuration.DatabaseHost {
    /// A database server.
    static var databaseHost: Self {
        parsed(
            "host", accepted: #""localhost", "HOST" or "HOST:PORT""#, parse: { Configuration.DatabaseHost($0) },
            text: \.text)
    }
}
