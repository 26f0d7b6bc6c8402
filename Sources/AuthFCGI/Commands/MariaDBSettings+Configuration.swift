extension MariaDBSettings {
    /// The settings of the section `[database]`, its password read from its file.
    init(_ database: Configuration.Database) throws(StartFailure) {
        var password: String?
        if let file = database.password {
            do throws(Configuration.SecretFile.Fault) {
                password = try file.readLine()
            } catch {
                throw StartFailure("database.password_file: \(error)")
            }
        }
        self.init(
            hosts: database.hosts.map { host in
                switch host {
                case .socket: .socket(database.socket)
                case .network(let host, let port): .tcp(host, UInt16(clamping: port))
                }
            },
            user: database.user, password: password, database: database.name,
            connectTimeout: database.connectTimeout, queryTimeout: database.queryTimeout,
            tls: MariaDBTLS(database.tls))
    }
}

extension MariaDBTLS {
    /// The same choice as the room knows it.
    init(_ tls: Configuration.Database.TLS) {
        switch tls {
        case .off: self = .off
        case .required: self = .required
        case .verify: self = .verify
        }
    }
}
