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

    /// What counting came to.
    enum Outcome {
        /// So many events does the present window have now.
        case counted(Int)
        /// The window has as many as it may; how long until it ends.
        case refused(wait: Duration)

        /// How long to wait for one that is told so; nil when the event was counted.
        var wait: Duration? {
            switch self {
            case .counted: nil
            case .refused(let wait): max(wait, .seconds(1))
            }
        }
    }

    /// Counts one event, unless the window has as many as `rate` allows. Within a transaction the row stays locked
    /// until it ends. Alone it may count one too many, when the connection is lost and the statement repeated; never one
    /// too few.
    ///
    /// It is one statement, whether or not there is a row. The length of a new window depends on what the windows
    /// before it had. Columns are set from left to right, each from what those before it have become (MariaDB, UPDATE).
    func count(_ rate: Rate, at moment: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> Outcome {
        guard rate.count > 0 else { return .refused(wait: rate.window) }
        let (now, most) = (SQLValue.time(moment), SQLValue.integer(Int64(rate.count)))
        let row = try connection.row(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?)
            ON DUPLICATE KEY UPDATE
              is_refused = window_ends > ? AND count >= ?,
              carried = IF(window_ends > ?, carried,
                IF(window_ends > ? AND count >= ?, LEAST(carried + count, 1000000000), 0)),
              count = IF(is_refused, count, IF(window_ends > ?, count + 1, 1)),
              window_ends = IF(window_ends > ?, window_ends,
                ? + INTERVAL LEAST(?, ? << LEAST(carried DIV ?, 20)) MICROSECOND)
            RETURNING is_refused, count, window_ends
            """,
            key + [
                .time(moment + rate.window), now, most, now, .time(moment - (rate.growth?.longest ?? .zero)),
                .integer(Int64(rate.growth?.threshold ?? 0)), now, now, now, .integer(rate.longest.microseconds),
                .integer(rate.window.microseconds), most,
            ])
        guard let row else { throw MariaDBError(.other, "a counter was not returned") }
        if try row.integer(0) == 0 { return .counted(Int(clamping: try row.integer(1))) }
        return .refused(wait: try row.moment(2).since(moment))
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

    private var key: [SQLValue] { [.key(name.rawValue), .key(subject)] }
}
