import AuthDomain

/// The kinds of messages that have words of their own; the names are those of their templates.
enum MessageKind: String, CaseIterable, Sendable {
    /// A code that proves an address.
    case code
    /// A code to set a new password with.
    case passwordReset = "password-reset"
    /// A link to set a new password under.
    case resetLink = "reset-link"

    /// The kind of a message.
    init(_ content: Message.Content) {
        self =
            switch content {
            case .code(_, .registration), .code(_, .verification): .code
            case .code(_, .passwordReset): .passwordReset
            case .resetLink: .resetLink
            }
    }

    /// The place that a template must have, or the message would be of no use.
    var place: String {
        switch self {
        case .code, .passwordReset: "code"
        case .resetLink: "link"
        }
    }
}
