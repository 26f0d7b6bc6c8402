import AuthDomain

/// What the log is told of messages.
enum DeliveryEvent: Sendable {
    case delivered(id: Int64, attempts: Int64, recipient: Address)
    case postponed(id: Int64, attempts: Int64, reason: String)
    /// It will never be delivered.
    case abandoned(id: Int64, reason: String)
    case expired(count: Int)
}
