import AuthDomain

/// The words of messages.
struct Wording: Sendable {
    /// The words of one mail.
    struct Words: Sendable, Equatable {
        /// One line.
        let subject: String
        let body: String
        /// The body as HTML.
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
    /// The language of those whose own is not known.
    let language: LanguageTag?
    let forms: MessageForms

    /// The words of a mail, for somebody who reads these languages.
    func words(of content: Message.Content, in languages: [LanguageTag], realm: String) -> Words {
        guard let choice = choice(content, languages, realm) else { return Words(subject: site, body: "", html: "") }
        var values = values(of: content)
        let body = choice.form.paragraphs.map { $0.filled(with: values) }.joined(separator: "\n\n") + "\n"
        let subject = choice.form.subject.filled(with: values)
        values["subject"] = subject
        values["language"] = choice.language
        let isFromTheRight = MessageForms.rightToLeft.contains(String(choice.language.prefix { $0 != "-" }))
        values["direction"] = isFromTheRight ? "rtl" : "ltr"
        let html = choice.page?.filledForHTML(with: values) ?? Self.page(choice.form, values)
        return Words(subject: subject, body: body, html: html)
    }

    /// The text that goes to a phone. Its last line lets browsers fill the code in on our pages and on no other's
    /// (origin-bound one-time codes).
    func text(of content: Message.Content, in languages: [LanguageTag], realm: String) -> String {
        let text = choice(content, languages, realm)?.form.text.filled(with: values(of: content)) ?? ""
        switch content {
        case .code(let code, _): return host.map { "\(text)\n\n@\($0) #\(code.text)" } ?? text
        case .resetLink, .notice: return text
        }
    }

    private func choice(
        _ content: Message.Content, _ languages: [LanguageTag], _ realm: String
    ) -> MessageForms.Choice? {
        let parts = realm.split(separator: "/")
        let tenant = parts.count == 2 ? parts.first.map(String.init) : nil
        return forms.choice(
            MessageKind(content), in: languages + (language.map { [$0] } ?? []), tenant: tenant)
    }

    private func values(of content: Message.Content) -> [String: String] {
        switch content {
        case .code(let code, _): ["code": code.text, "site": site, "minutes": Self.minutes(codeLifetime)]
        case .resetLink(let link): ["link": link, "site": site, "minutes": Self.minutes(linkLifetime)]
        case .notice(let notice):
            [
                "site": site, "time": Self.minute(notice.moment), "client": notice.client ?? "?",
                "link": notice.link ?? "", "days": "\(NoticePolicy().linkLifetime.components.seconds / 86_400)",
            ]
        }
    }

    /// A moment to the minute, as people of any language read it: `2026-12-31 23:59 UTC`.
    private static func minute(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    private static func minutes(_ duration: Duration) -> String { "\(max(1, duration.components.seconds / 60))" }

    private static let page = Template(
        """
        <!DOCTYPE html>
        <html lang="{{language}}" dir="{{direction}}">
        <head><meta charset="utf-8"><title>{{subject}}</title></head>
        <body style="font-family:sans-serif;line-height:1.5">

        """)

    /// A form's paragraphs as a page; one that is a code or a link alone stands out.
    private static func page(_ form: MessageForm, _ values: [String: String]) -> String {
        let code = #"<p style="font-size:2em;letter-spacing:.1em" dir="ltr"><strong>{{code}}</strong></p>"#
        let link = #"<p dir="ltr"><a href="{{link}}">{{link}}</a></p>"#
        let paragraphs = form.paragraphs.map { paragraph in
            switch paragraph.onlyPlace {
            case "code": Template(code).filledForHTML(with: values)
            case "link": Template(link).filledForHTML(with: values)
            default: "<p>\(paragraph.filledForHTML(with: values, escapingText: true))</p>"
            }
        }
        return page.filledForHTML(with: values) + paragraphs.joined(separator: "\n") + "\n</body>\n</html>\n"
    }
}
