import AuthDomain

/// The words of messages.
struct Wording: Sendable {
    /// The words of one message.
    struct Words: Sendable, Equatable {
        /// One line; texts to phones have none.
        let subject: String
        let body: String
        /// The body as HTML; texts to phones have none.
        let html: String
    }

    /// What the service is called to those who get them.
    let site: String
    /// How long a code is good for.
    let codeLifetime: Duration
    /// How long a link is good for.
    let linkLifetime: Duration
    /// The host of the pages that codes are typed into; nil when it is not known.
    let host: String?

    /// The templates of one kind of message.
    private struct Form: Sendable {
        let subject: Template
        let body: Template
        let html: Template
    }

    private static let code = Form(
        subject: Template("{{code}} is your {{site}} code"),
        body: Template("{{code}} is your {{site}} code. It is valid for {{minutes}} minutes. Give it to nobody."),
        html: Template(
            """
            <p>Your {{site}} code:</p>
            <p style="font-size:2em;letter-spacing:.1em"><strong>{{code}}</strong></p>
            <p>It is valid for {{minutes}} minutes. Give it to nobody.</p>
            """))
    private static let reset = Form(
        subject: Template("{{code}} is your {{site}} code for a new password"),
        body: Template(
            """
            {{code}} is your {{site}} code for a new password. It is valid for {{minutes}} minutes.
            If you did not ask for it, do nothing: your password stays as it is.
            """),
        html: Template(
            """
            <p>Your {{site}} code for a new password:</p>
            <p style="font-size:2em;letter-spacing:.1em"><strong>{{code}}</strong></p>
            <p>It is valid for {{minutes}} minutes. If you did not ask for it, do nothing: your password stays as it is.</p>
            """))
    private static let link = Form(
        subject: Template("A new password for {{site}}"),
        body: Template(
            """
            Set a new password here:
            {{link}}
            The link works once, for {{minutes}} minutes. If you did not ask for it, do nothing: your password stays as it is.
            """),
        html: Template(
            """
            <p><a href="{{link}}">Set a new password for {{site}}</a></p>
            <p>The link works once, for {{minutes}} minutes. If you did not ask for it, do nothing: your password stays as
            it is.</p>
            """))

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

    private static func words(_ form: Form, _ values: [String: String]) -> Words {
        Words(
            subject: form.subject.filled(with: values), body: form.body.filled(with: values),
            html: form.html.filledForHTML(with: values))
    }

    /// The text that goes to a phone. Its last line lets browsers fill the code in on our pages and on no other's
    /// (origin-bound one-time codes).
    func text(of content: Message.Content) -> String {
        let words = words(of: content)
        switch content {
        case .code(let code, _): return host.map { "\(words.body)\n\n@\($0) #\(code.text)" } ?? words.body
        case .resetLink: return words.body
        }
    }

    private static func minutes(_ duration: Duration) -> String { "\(max(1, duration.components.seconds / 60))" }
}
