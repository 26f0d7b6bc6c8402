import AuthDomain

/// Counts events in fixed windows, in the database: the same count on every host.
struct RateCounter {
    /// What is counted.
    enum Name: String {
        /// Messages sent to an address.
        case messages
        /// Askings for a message by one call, for an address.
        case asks
        case asksPerHour = "asks-per-hour"
        /// Wrong tries at the codes of an address.
        case wrongCodes = "wrong-codes"
        /// Links to set a new password.
        case resetLinks = "reset-links"
        /// Calls of one kind by an account.
        case calls
        case failedLogins = "failed-logins"
        case clientFailedLogins = "client-failed-logins"
        case clientSignUps = "client-sign-ups"
        /// Clients that were logged in as an account.
        case knownClients = "known-clients"
    }

    let name: Name
    /// Whose events: part of the row's key, at most 400 octets.
    let subject: String

    init(_ name: Name, subject: String) {
        self.name = name
        self.subject = subject
    }

    /// The counter of a budget.
    init(_ budget: Budget) {
        subject = budget.subject
        name =
            switch budget.name {
            case .failedLogins: .failedLogins
            case .clientFailedLogins: .clientFailedLogins
            case .clientSignUps: .clientSignUps
            }
    }

    /// A counter for one address within one realm.
    init(_ name: Name, realm: Realm, address: String) {
        self.name = name
        subject = "\(realm.key) \(address)"
    }

    /// Counts one event, unless the window has `limit` already. The row stays locked until the transaction ends.
    func reserve(
        limit: Int, window: Duration, at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        if try count(limit, window, now, connection) { return true }
        _ = try connection.execute(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 0, ?)
            ON DUPLICATE KEY UPDATE name = rate_counter.name
            """, key + [.time(now + window)])
        return try count(limit, window, now, connection)
    }

    /// Takes back one event that turned out to be none.
    func release(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "UPDATE rate_counter SET count = count - 1 WHERE name = ? AND subject = ? AND count > 0", key)
    }

    /// How long until the window ends; zero where there is none.
    func wait(at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Duration {
        let row = try connection.row("SELECT window_ends FROM rate_counter WHERE name = ? AND subject = ?", key)
        guard let row else { return .zero }
        return try row.moment(0).since(now)
    }

    private var key: [SQLValue] { [.key(name.rawValue), .key(subject)] }

    private func count(
        _ limit: Int, _ window: Duration, _ now: Timestamp, _ connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        let matched = try connection.execute(
            """
            UPDATE rate_counter
            SET count = IF(window_ends <= ?, 1, count + 1), window_ends = IF(window_ends <= ?, ?, window_ends)
            WHERE name = ? AND subject = ? AND (window_ends <= ? OR count < ?)
            """,
            [.time(now), .time(now), .time(now + window)] + key + [.time(now), .integer(Int64(limit))])
        return matched == 1
    }
}
