import AuthDomain

/// A mail, ready to be sent.
struct MailMessage: Sendable {
    /// Where it goes.
    let recipient: EmailAddress
    let words: Wording.Words
    /// When it was put into the outbox.
    let created: Timestamp
    /// Its number in the outbox: a message that is delivered twice can be told by it.
    let id: Int64
    /// How long its delivery may take.
    let limit: Duration
}
