import AuthDomain

/// Counts what messages cost, within the transaction that puts them into the outbox. These rows are many people's: they
/// are the last that it locks, always in the same order.
struct SpendCounter {
    /// What counting came to.
    enum Outcome {
        /// The message may go; what is to be told once that is sure.
        case counted([SpendEvent])
        case refused(SpendEvent, wait: Duration)

        /// What becomes of the transaction; of a refusal is told at once.
        func decision(_ report: (SpendEvent) -> Void) -> Database.Decision<[SpendEvent]> {
            switch self {
            case .counted(let events): return .commit(.success(events))
            case .refused(let event, let wait):
                report(event)
                return .rollback(.failure(.tooManyRequests(retryAfter: max(wait, .seconds(1)))))
            }
        }
    }

    private let address: Address
    private let policy: SpendPolicy
    private let now: Timestamp

    /// A message to `address` at `now`.
    init(_ address: Address, _ policy: SpendPolicy, at now: Timestamp) {
        self.address = address
        self.policy = policy
        self.now = now
    }

    /// The ranges that a phone number is in, the widest first.
    static func ranges(of phone: PhoneNumber, _ policy: RangePolicy) -> [RangeCounter] {
        [phone.country, phone.range].map { RangeCounter(range: $0, judging: policy) }
    }

    /// The counter of the day's messages.
    static func day(_ medium: Medium) -> RateCounter { RateCounter(.allMessages, subject: medium.rawValue) }

    /// Counts a code, or a link, if it may go.
    func count(on connection: MariaDBConnection) throws(MariaDBError) -> Outcome {
        var events: [SpendEvent] = []
        if let phone = address.phone, policy.ranges.judgedAfter > 0 {
            for range in Self.ranges(of: phone, policy.ranges) {
                switch try range.count(at: now, on: connection) {
                case .counted(let more): events += more
                case .refused(let event, let wait): return .refused(event, wait: wait)
                }
            }
        }
        switch try countOne(on: connection) {
        case .counted(let more): return .counted(events + more)
        case .refused(let event, let wait): return .refused(event, wait: wait)
        }
    }

    /// Counts a message of the day, if it has one left. What ranges of numbers are judged by are codes alone: nobody
    /// uses a notice.
    func countOne(on connection: MariaDBConnection) throws(MariaDBError) -> Outcome {
        let (medium, rate) = (Medium(address), policy.perDay(address))
        let day = Self.day(medium)
        return switch try day.count(rate, at: now, on: connection) {
        case .refused(let wait): .refused(.refusedByBudget(medium), wait: wait)
        case .counted(rate.count): .counted([.budgetIsSpent(medium, perDay: rate.count)])
        case .counted((rate.count * 4 + 4) / 5): .counted([.budgetIsLow(medium, perDay: rate.count)])
        case .counted: .counted([])
        }
    }

    /// Counts that a code to the address was used.
    func use(on connection: MariaDBConnection) throws(MariaDBError) -> [SpendEvent] {
        guard let phone = address.phone, policy.ranges.judgedAfter > 0 else { return [] }
        var events: [SpendEvent] = []
        for range in Self.ranges(of: phone, policy.ranges) { events += try range.use(at: now, on: connection) }
        return events
    }
}
