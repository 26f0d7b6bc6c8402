import AuthDomain

/// A text message, ready to be sent.
struct TextMessage: Sendable {
    /// Where it goes: `+` and digits.
    let recipient: String
    let body: String
    /// When it was put into the outbox.
    let created: Timestamp
    /// Its number in the outbox: a message that is delivered twice can be told by it.
    let id: Int64
    /// How long its delivery may take.
    let limit: Duration
}
