extension Configuration {
    /// `[database]`: the MariaDB that holds all state.
    struct Database: Hashable, Sendable {
        /// How connections over the network are protected.
        enum TLS: String, CaseIterable, Sendable {
            case off
            /// Encrypted, to whoever answers.
            case required
            /// Encrypted, to a server whose certificate is right.
            case verify
        }

        /// What happens at start on an older schema.
        enum Migrate: String, CaseIterable, Sendable {
            /// The service does not start.
            case check
            /// The schema is brought up to date.
            case auto
        }

        /// Tried in this order.
        var hosts: [DatabaseHost] = [.socket]
        var socket = "/run/mysqld/mysqld.sock"
        var name = "authfcgi"
        var user = "authfcgi"
        /// Nil means authentication by the socket's peer.
        var password: SecretFile?
        var connectTimeout = Duration.seconds(3)
        var queryTimeout = Duration.seconds(5)
        var tls = TLS.off
        var migrate = Migrate.check

        static let keys = [
            ConfigurationKey(
                "database", "hosts", \.database.hosts, .list(of: .databaseHost, 1...16),
                #"tried in this order; "localhost" means the socket"#),
            ConfigurationKey("database", "socket", \.database.socket, .path, "of the server on this machine"),
            ConfigurationKey("database", "name", \.database.name, .name("database name"), "of the database"),
            ConfigurationKey("database", "user", \.database.user, .name("user name"), "of the database's user"),
            ConfigurationKey(
                "database", "password_file", \.database.password, .optional(.secretFile),
                "empty: the database knows the user by the socket's peer (unix_socket)"),
            ConfigurationKey(
                "database", "connect_timeout", \.database.connectTimeout,
                .duration(.milliseconds(100)...(.seconds(60))),
                "for a connection, all hosts together; one host gets half of it"),
            ConfigurationKey(
                "database", "query_timeout", \.database.queryTimeout,
                .duration(.milliseconds(100)...(.seconds(300))), "for one statement"),
            ConfigurationKey("database", "tls", \.database.tls, .choice, "for connections over the network"),
            ConfigurationKey(
                "database", "migrate", \.database.migrate, .choice,
                "on an older schema: refuse to start, or bring it up to date"),
        ]
    }
}
