/// Where the database is and how to speak with it. The configuration has checked all values.
struct MariaDBSettings: Sendable {
    /// The servers, tried in order; the next one when one fails.
    var hosts: [MariaDBHost]
    /// The account's name.
    var user: String
    /// The account's password; nil when the server knows the account by its Unix user.
    var password: String?
    /// The schema used.
    var database: String
    /// For becoming connected, all hosts together; a single host gets half of it, so that another is asked in time. When a
    /// server has just been found silent, the first attempt after that gets 0.4 s.
    var connectTimeout: Duration
    /// For one statement, locks included. A server found to be stopped is given up sooner, within 1.5 s.
    var queryTimeout: Duration
    /// Encryption of TCP connections.
    var tls: MariaDBTLS
}

extension MariaDBSettings: CustomStringConvertible, CustomReflectable {
    /// The account, database and hosts; never the password.
    var description: String { "\(user)@\(database) on \(hosts)" }

    /// Nothing to look into, so that a dump shows no password.
    var customMirror: Mirror { Mirror(self, children: []) }
}
