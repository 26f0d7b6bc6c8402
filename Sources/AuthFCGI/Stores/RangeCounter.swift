import AuthDomain

/// Counts the codes texted to a range of numbers and those that were used, in a row of `rate_counter`: `count` and `used`
/// of the present window; `carried` is 1 in a window that follows a pause.
struct RangeCounter {
    /// `+` and digits.
    let range: String
    let policy: RangePolicy

    /// What the row says.
    struct State {
        let sent: Int
        let used: Int
        let isProbed: Bool
        let ends: Timestamp
    }

    /// The counter of a range, or of a country if it is one: its policy is made of the one for ranges.
    init(range: String, judging policy: RangePolicy) {
        self.range = range
        // No number, and so no range, is as short as a calling code (ITU-T E.164, 6.2.1).
        self.policy = range.utf8.count < PhoneNumber.rangeLength ? policy.ofCountry : policy
    }

    /// Counts a code, unless texts to the range have stopped; the one by which they stop begins the pause. Columns are set
    /// from left to right, each from what those before it have become (MariaDB, UPDATE).
    func count(at moment: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> SpendCounter.Outcome {
        let (now, percent) = (SQLValue.time(moment), SQLValue.integer(Int64(policy.usedPercent)))
        let (most, probes) = (SQLValue.integer(Int64(policy.judgedAfter)), SQLValue.integer(Int64(policy.probes)))
        let stopsAtOnce = policy.stops(sent: 1, used: 0, isProbed: false)
        let row = try connection.row(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?)
            ON DUPLICATE KEY UPDATE
              is_refused = window_ends > ? AND count >= IF(carried > 0, ?, ?) AND used * 100 < count * ?,
              carried = IF(window_ends > ?, carried,
                IF(count >= IF(carried > 0, ?, ?) AND used * 100 < count * ?, 1, 0)),
              count = IF(is_refused, count, IF(window_ends > ?, count + 1, 1)),
              used = IF(window_ends > ?, used, 0),
              window_ends = IF(is_refused, window_ends,
                IF(count >= IF(carried > 0, ?, ?) AND used * 100 < count * ?, ?,
                  IF(window_ends > ?, window_ends, ?)))
            RETURNING count, used, carried, window_ends, is_refused
            """,
            key + [
                .time(moment + (stopsAtOnce ? policy.pause : policy.window)), now, probes, most, percent, now, probes,
                most, percent, now, now, probes, most, percent, .time(moment + policy.pause), now,
                .time(moment + policy.window),
            ])
        guard let row else { throw MariaDBError(.other, "a counter was not returned") }
        let state = try State(row, from: 0)
        if try row.integer(4) != 0 { return .refused(.refusedByRange, wait: state.ends.since(moment)) }
        if stops(state) {
            return .counted([.rangeStopped(range, sent: state.sent, used: state.used, until: state.ends)])
        }
        return .counted(state.isProbed && state.sent == 1 ? [.rangeProbed(range)] : [])
    }

    /// Counts that a code was used.
    func use(at now: Timestamp, on connection: MariaDBConnection) throws(MariaDBError) -> [SpendEvent] {
        let matched = try connection.execute(
            "UPDATE rate_counter SET used = used + 1 WHERE name = ? AND subject = ? AND window_ends > ?",
            key + [.time(now)])
        guard matched == 1, let state = try state(on: connection) else { return [] }
        let before = State(sent: state.sent, used: state.used - 1, isProbed: state.isProbed, ends: state.ends)
        return stops(before) && !stops(state) ? [.rangeResumed(range)] : []
    }

    /// What the row says, if there is one.
    func state(on connection: MariaDBConnection) throws(MariaDBError) -> State? {
        let row = try connection.row(
            "SELECT count, used, carried, window_ends FROM rate_counter WHERE name = ? AND subject = ?", key)
        guard let row else { return nil }
        return try State(row, from: 0)
    }

    /// Whether texts to the range have stopped.
    func stops(_ state: State) -> Bool {
        policy.stops(sent: state.sent, used: state.used, isProbed: state.isProbed)
    }

    private var key: [SQLValue] { [.key(RateCounter.Name.ranges.rawValue), .key(range)] }
}

extension RangeCounter.State {
    /// The columns `count`, `used`, `carried` and `window_ends` of a row.
    init(_ row: SQLRow, from column: Int) throws(MariaDBError) {
        self.init(
            sent: Int(clamping: try row.integer(column)), used: Int(clamping: try row.integer(column + 1)),
            isProbed: try row.integer(column + 2) > 0, ends: try row.moment(column + 3))
    }
}
