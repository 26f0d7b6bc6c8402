import AuthDomain

/// The words of messages.
struct Wording: Sendable {
    /// The words of one message.
    struct Words: Sendable, Equatable {
        /// One line; texts to phones have none.
        let subject: String
        let body: String
    }

    /// What the service is called to those who get them.
    let site: String
    /// How long a code is good for.
    let codeLifetime: Duration
    /// How long a link is good for.
    let linkLifetime: Duration

    private static let code = (
        subject: Template("{{code}} is your {{site}} code"),
        body: Template("{{code}} is your {{site}} code. It is valid for {{minutes}} minutes. Give it to nobody.")
    )
    private static let reset = (
        subject: Template("{{code}} is your {{site}} code for a new password"),
        body: Template(
            "{{code}} is your {{site}} code for a new password. It is valid for {{minutes}} minutes. "
                + "If you did not ask for it, do nothing: your password stays as it is.")
    )
    private static let link = (
        subject: Template("A new password for {{site}}"),
        body: Template(
            "Set a new password here: {{link}} . The link works once, for {{minutes}} minutes. "
                + "If you did not ask for it, do nothing: your password stays as it is.")
    )

    /// The words of a message.
    func words(of content: Message.Content) -> Words {
        switch content {
        case .code(let code, let purpose):
            let values = ["code": code.text, "site": site, "minutes": Self.minutes(codeLifetime)]
            return switch purpose {
            case .registration, .verification: Self.words(Self.code, values)
            case .passwordReset: Self.words(Self.reset, values)
            }
        case .resetLink(let link):
            return Self.words(Self.link, ["link": link, "site": site, "minutes": Self.minutes(linkLifetime)])
        }
    }

    private static func words(_ templates: (subject: Template, body: Template), _ values: [String: String]) -> Words {
        Words(subject: templates.subject.filled(with: values), body: templates.body.filled(with: values))
    }

    private static func minutes(_ duration: Duration) -> String { "\(max(1, duration.components.seconds / 60))" }
}
