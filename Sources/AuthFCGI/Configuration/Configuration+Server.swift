extension Configuration {
    /// `[server]`: the listeners and the processes behind them.
    struct Server: Hashable, Sendable {
        var listen: [Listener] = [.systemd]
        var socketMode = FileMode.ownerAndGroup
        var socketGroup = "www-data"
        var backlog = 4096
        var processes = 1
        var threads = 32
        /// Octets of a request's body.
        var maxBody = 65_536
        var requestTimeout = Duration.seconds(15)
        var shutdownGrace = Duration.seconds(20)
        var trustedProxies: [AddressBlock] = []

        static let keys = [
            ConfigurationKey(
                "server", "listen", \.server.listen, .list(of: .listener, 1...16), "where requests come from"),
            ConfigurationKey(
                "server", "socket_mode", \.server.socketMode, .fileMode, "of a unix socket that the service binds"),
            ConfigurationKey(
                "server", "socket_group", \.server.socketGroup, .name("group name"),
                "of a unix socket that the service binds: the web server's"),
            ConfigurationKey(
                "server", "backlog", \.server.backlog, .integer(1...65_535),
                "connections that may wait; the kernel caps it at net.core.somaxconn"),
            ConfigurationKey("server", "processes", \.server.processes, .integer(1...64), "worker processes"),
            ConfigurationKey(
                "server", "threads", \.server.threads, .integer(1...512),
                "of one process: requests at once that wait for no hash, and connections to the database"),
            ConfigurationKey(
                "server", "max_body", \.server.maxBody, .octets(1024...16_777_216), "of a request; beyond it 413"),
            ConfigurationKey(
                "server", "request_timeout", \.server.requestTimeout, .duration(.seconds(1)...(.seconds(300))),
                "for one request, from its first octet to its answer"),
            ConfigurationKey(
                "server", "shutdown_grace", \.server.shutdownGrace, .duration(.zero...(.seconds(600))),
                "for requests that still run when the service stops"),
            ConfigurationKey(
                "server", "trusted_proxies", \.server.trustedProxies, .list(of: .addressBlock),
                "whose X-Forwarded-For is believed"),
        ]
    }
}
