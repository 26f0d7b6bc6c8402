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
        /// Messages of all realms, by their medium.
        case allMessages = "all-messages"
        /// Codes texted to a range of numbers.
        case ranges
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

    /// Counts one event, unless the window has as many as `rate` allows. The row stays locked until the transaction
    /// ends.
    func reserve(_ rate: Rate, at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Bool {
        guard rate.count > 0 else { return false }
        if try count(rate, at: now, on: connection) { return true }
        try begin(until: now + rate.window, on: connection)
        return try count(rate, at: now, on: connection)
    }

    /// Makes the row, with no events, unless it is there. It stays locked until the transaction ends.
    func begin(until end: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 0, ?)
            ON DUPLICATE KEY UPDATE name = rate_counter.name
            """, key + [.time(end)])
    }

    /// Counts one event in a row that is there; false when there is none, or its window has as many as `rate` allows.
    ///
    /// The length of a new window depends on what the windows before it had. Columns are set from left to right, each from
    /// what those before it have become (MariaDB, UPDATE).
    func count(_ rate: Rate, at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Bool {
        let matched = try connection.execute(
            """
            UPDATE rate_counter
            SET carried = IF(window_ends > ?, carried,
                IF(window_ends > ? AND count >= ?, LEAST(carried + count, 1000000000), 0)),
              count = IF(window_ends > ?, count + 1, 1),
              window_ends = IF(window_ends > ?, window_ends,
                ? + INTERVAL LEAST(?, ? << LEAST(carried DIV ?, 20)) MICROSECOND)
            WHERE name = ? AND subject = ? AND (window_ends <= ? OR count < ?)
            """,
            [
                .time(now), .time(now - (rate.growth?.longest ?? .zero)), .integer(Int64(rate.growth?.threshold ?? 0)),
                .time(now), .time(now), .time(now), .integer(rate.longest.microseconds),
                .integer(rate.window.microseconds), .integer(Int64(rate.count)),
            ] + key + [.time(now), .integer(Int64(rate.count))])
        return matched == 1
    }

    /// Takes back one event that turned out to be none.
    func release(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "UPDATE rate_counter SET count = count - 1 WHERE name = ? AND subject = ? AND count > 0", key)
    }

    /// Forgets all events, and how long windows have become.
    func forget(on connection: MariaDBConnection) throws(MariaDBError) {
        _ = try connection.execute(
            "UPDATE rate_counter SET count = 0, carried = 0 WHERE name = ? AND subject = ?", key)
    }

    /// How long until the window has something again; zero when it has.
    func wait(for rate: Rate, at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Duration {
        guard rate.count > 0 else { return rate.window }
        let row = try connection.row(
            "SELECT window_ends FROM rate_counter WHERE name = ? AND subject = ? AND window_ends > ? AND count >= ?",
            key + [.time(now), .integer(Int64(rate.count))])
        return try row?.moment(0).since(now) ?? .zero
    }

    /// How many events the present window has; 0 when it has ended at `now`.
    func events(at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Int {
        let row = try connection.row(
            "SELECT count FROM rate_counter WHERE name = ? AND subject = ? AND window_ends > ?", key + [.time(now)])
        return Int(clamping: try row?.integer(0) ?? 0)
    }

    private var key: [SQLValue] { [.key(name.rawValue), .key(subject)] }
}
