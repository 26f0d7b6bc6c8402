import AuthDomain

/// Whether an address gets one more message.
enum MessageAllowance: Equatable {
    case message
    /// One for nobody in its place: it had its messages of the hour, which the answer must not tell.
    case silence
    /// None, and that is told; how long to wait at least.
    case none(Duration)

    private static let hour: Duration = .seconds(3_600)

    /// Counts a message to the address, within the connection's transaction. Where calls are counted apart, an answer
    /// depends on how often the same was asked for the address, whether or not anybody has it.
    init(
        for address: Address, by asking: Asking?, in realm: Realm, perHour: Int, at now: Timestamp,
        on connection: MariaDBConnection
    ) throws(MariaDBError) {
        let rate = Rate(perHour, in: Self.hour)
        let messages = RateCounter(.messages, realm: realm, address: address.key)
        if let asking {
            let asked = RateCounter(.asksPerHour, realm: realm, address: "\(asking.rawValue) \(address.key)")
            if let wait = try asked.count(rate, at: now, on: connection).wait {
                self = .none(wait)
                return
            }
        }
        if let wait = try messages.count(rate, at: now, on: connection).wait {
            self = asking == nil ? .none(wait) : .silence
        } else {
            self = .message
        }
    }
}
