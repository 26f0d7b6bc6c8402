import AuthDomain

/// A row of `rate_counter`.
struct LimitCounter: Sendable {
    let subject: String
    let count: Int
    let carried: Int
    let ends: Timestamp

    /// The columns `subject`, `count`, `carried` and `window_ends`.
    init(_ row: SQLRow) throws(MariaDBError) {
        subject = try row.key(0)
        count = Int(clamping: try row.integer(1))
        carried = Int(clamping: try row.integer(2))
        ends = try row.moment(3)
    }

    /// The row as an administrator sees it.
    func entry(
        _ name: RateCounter.Name, _ rate: Rate, realm: Realm? = nil, whom: String, meaning: String, at now: Timestamp,
        owner: LimitEntry.Owner = .subject
    ) -> LimitEntry {
        LimitEntry(
            place: .counter(name, subject: subject), name: name.rawValue, realm: realm?.key, whom: whom, count: count,
            limit: rate.count, until: ends, isRefused: ends > now && count >= rate.count, meaning: meaning,
            owner: owner, window: rate.growth == nil ? nil : rate.window(after: carried))
    }
}
