import AuthDomain

/// The words of all messages in all languages: those that the program has, and those that take their place.
struct MessageForms: Sendable {
    /// What was found for a message.
    struct Choice: Sendable {
        let form: MessageForm
        /// The mail's page; nil: it is made of the form's paragraphs.
        let page: Template?
        let language: String
    }

    private struct Key: Hashable {
        let tenant: String?
        let kind: MessageKind
        let language: String
    }

    private var forms: [Key: MessageForm] = [:]
    private var pages: [Key: Template] = [:]

    /// The language that has every kind of message.
    static let last = "en"
    /// Languages that are written from right to left.
    static let rightToLeft: Set = ["ar", "dv", "fa", "he", "ps", "ur", "yi"]
    /// The texts that the program has, by language.
    static let own: [String: [MessageKind: String]] = [
        "ar": arabic, "de": german, "en": english, "es": spanish, "fr": french, "hi": hindi, "pt": portuguese,
        "ru": russian, "zh": chinese,
    ]

    /// The program's own.
    init() {
        for (language, texts) in Self.own {
            for (kind, text) in texts {
                forms[Key(tenant: nil, kind: kind, language: language)] = try? MessageForm(text, for: kind)
            }
        }
    }

    /// Puts a form in the place of another, for one tenant or for all that have none of their own.
    mutating func set(_ form: MessageForm, for kind: MessageKind, in language: LanguageTag, tenant: String?) {
        forms[Key(tenant: tenant, kind: kind, language: language.key)] = form
    }

    /// Has the mails in a language look like this page. It needs no form beside it.
    mutating func set(page: Template, for kind: MessageKind, in language: LanguageTag, tenant: String?) {
        pages[Key(tenant: tenant, kind: kind, language: language.key)] = page
    }

    /// The words for somebody: in the first of the languages that there are any in (RFC 4647, 3.4), those of the tenant
    /// before those for all.
    func choice(_ kind: MessageKind, in languages: [LanguageTag], tenant: String?) -> Choice? {
        for language in languages.flatMap(\.generalizations) + [Self.last] {
            let keys = (tenant.map { [$0, nil] } ?? [nil]).map { Key(tenant: $0, kind: kind, language: language) }
            guard let form = keys.lazy.compactMap({ forms[$0] }).first else { continue }
            return Choice(form: form, page: keys.lazy.compactMap { pages[$0] }.first, language: language)
        }
        return nil
    }
}
