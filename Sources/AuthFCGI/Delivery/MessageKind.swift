import AuthDomain

/// The kinds of messages that have words of their own; the names are those of their templates.
enum MessageKind: String, CaseIterable, Sendable {
    /// A code that proves an address.
    case code
    /// A code to set a new password with.
    case passwordReset = "password-reset"
    /// A link to set a new password under.
    case resetLink = "reset-link"
    /// That the account has a new password.
    case passwordChanged = "password-changed"
    /// That somebody logged in from elsewhere, with a link that ends it.
    case newDevice = "new-device"
    /// That somebody tried to register with the address.
    case registrationAttempted = "registration-attempted"

    /// The kind of a message.
    init(_ content: Message.Content) {
        self =
            switch content {
            case .code(_, .registration), .code(_, .verification): .code
            case .code(_, .passwordReset): .passwordReset
            case .resetLink: .resetLink
            case .notice(let notice):
                switch notice.kind {
                case .passwordChanged: .passwordChanged
                case .newDevice: .newDevice
                case .registrationAttempted: .registrationAttempted
                }
            }
    }

    /// The place that a template must have, or the message would be of no use.
    var place: String {
        switch self {
        case .code, .passwordReset: "code"
        case .resetLink, .newDevice: "link"
        case .passwordChanged, .registrationAttempted: "site"
        }
    }
}
