extension Configuration {
    /// `[site]`: what clients and people see of the service.
    struct Site: Hashable, Sendable {
        var name = "AuthFCGI"
        /// The address that links in messages begin with; nil in development.
        var publicURL: WebURL?
        /// Origins whose pages may call with cookies.
        var allowedOrigins: [WebURL] = []
        /// A language tag: RFC 5646.
        var defaultLocale = "en"

        static let keys = [
            ConfigurationKey(
                "site", "name", \.site.name,
                .text("name", accepted: "1 to 100 octets without control characters", octets: 1...100),
                "as messages give it"),
            ConfigurationKey(
                "site", "public_url", \.site.publicURL, .optional(.webURL),
                "required outside development: links in messages begin with it"),
            ConfigurationKey(
                "site", "allowed_origins", \.site.allowedOrigins, .list(of: .origin),
                "other origins whose pages may call with cookies"),
            ConfigurationKey(
                "site", "default_locale", \.site.defaultLocale,
                .text("language tag", accepted: #"a language tag such as "en" or "pt-BR""#, octets: 2...35) { tag in
                    tag.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                        (1...8).contains(part.utf8.count)
                            && part.utf8.allSatisfy(ConfigurationForm<String>.isAlphanumeric)
                    }
                }, "for messages to people whose language is not known"),
        ]
    }
}
