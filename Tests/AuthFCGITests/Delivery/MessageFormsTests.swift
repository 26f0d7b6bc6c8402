import AuthDomain
import Testing

@testable import AuthFCGI

/// The words of messages.
struct MessageFormsTests {
    private static func wording(_ forms: MessageForms = MessageForms(), site: String = "Site") -> Wording {
        Wording(
            site: site, codeLifetime: .seconds(600), linkLifetime: .seconds(3_600), host: "auth.example.org",
            language: LanguageTag("fr"), forms: forms)
    }

    @Test(arguments: MessageForms.own.keys.sorted(), MessageKind.allCases)
    func `every language has every kind of message`(language: String, kind: MessageKind) throws {
        let tag = try #require(LanguageTag(language))
        _ = try MessageForm(try #require(MessageForms.own[language]?[kind]), for: kind)
        let words = Self.wording().words(of: kind.sample, in: [tag], realm: "r")
        #expect(MessageForms().choice(kind, in: [tag], tenant: nil)?.language == language)
        #expect(!words.body.contains("{{") && !words.html.contains("{{") && !words.subject.contains("\n"))
        let lines = words.body.split(separator: "\n")
        switch kind {
        case .code, .passwordReset: #expect(lines.contains("123456"))
        case .resetLink: #expect(lines.contains("https://auth.example.org/reset-password/SAMPLE"))
        case .newDevice:
            #expect(lines.contains("https://auth.example.org/end-session/SAMPLE"))
            #expect(words.html.contains(#"<a href="https://auth.example.org/end-session/SAMPLE">"#))
        case .passwordChanged, .registrationAttempted:
            #expect(words.body.contains("192.0.2.7") && words.body.contains("2025-12-31 23:59 UTC"))
            #expect(!words.body.contains("http"))
        }
        #expect(Self.wording().text(of: kind.sample, in: [tag], realm: "r").unicodeScalars.count < 200)
        #expect(words.html.contains(#"<html lang="\#(language)" dir="\#(language == "ar" ? "rtl" : "ltr")">"#))
    }

    @Test(arguments: MessageForms.own.keys.sorted())
    func `a text ends with the line that browsers fill codes in by`(language: String) throws {
        let tag = try #require(LanguageTag(language))
        let text = Self.wording().text(of: MessageKind.code.sample, in: [tag], realm: "r")
        #expect(text.hasSuffix("\n\n@auth.example.org #123456"))
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test(arguments: [
        (["pt-BR"], "pt"), (["zh-Hant-TW", "en"], "zh"), (["tlh", "de-CH"], "de"), (["tlh"], "fr"), ([], "fr"),
        (["en-GB", "de"], "en"),
    ])
    func `the language is the first that there are words in`(wanted: [String], found: String) {
        let wording = Self.wording()
        let words = wording.words(of: MessageKind.code.sample, in: wanted.compactMap { LanguageTag($0) }, realm: "r")
        #expect(words.html.contains(#"lang="\#(found)""#))
    }

    @Test func `a tenant's own words are for that tenant alone`() throws {
        var forms = MessageForms()
        let form = try MessageForm("Subject: Own\nText: {{code}}\n\n{{code}}", for: .code)
        forms.set(form, for: .code, in: try #require(LanguageTag("fr")), tenant: "shop")
        let wording = Self.wording(forms)
        #expect(wording.words(of: MessageKind.code.sample, in: [], realm: "shop/users").subject == "Own")
        #expect(wording.words(of: MessageKind.code.sample, in: [], realm: "users").subject != "Own")
    }

    @Test(arguments: [
        "", "Subject: a\nText: {{code}}", "Text: {{code}}\nSubject: a\n\n{{code}}", "Subject: a\nText: b\n\n{{code}}",
    ])
    func `a form without its places is none`(text: String) {
        #expect(throws: MessageForm.Fault.self) { try MessageForm(text, for: .code) }
    }

    @Test func `a value is never a place and never markup`() {
        let words = Self.wording(site: #"{{code}}<b>&"'"#).words(of: MessageKind.code.sample, in: [], realm: "r")
        #expect(words.body.contains(#"{{code}}<b>&"'"#))
        #expect(words.html.contains("{{code}}&lt;b&gt;&amp;&quot;&#39;") && !words.html.contains("<b>"))
    }
}
