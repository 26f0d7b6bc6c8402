import AuthDomain

/// A mail, ready to be sent.
struct MailMessage: Sendable {
    /// Where it goes.
    let recipient: EmailAddress
    let subject: String
    /// The words as plain text.
    let body: String
    /// The same words as HTML.
    let html: String
    /// When it was put into the outbox.
    let created: Timestamp
    /// Its number in the outbox: a message that is delivered twice can be told by it.
    let id: Int64
}
