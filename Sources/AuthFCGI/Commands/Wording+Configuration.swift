import AuthDomain

extension Wording {
    /// The words as the configuration wants them: a template that cannot be used is a `StartFailure` that names it.
    init(_ configuration: Configuration) throws(StartFailure) {
        var forms = MessageForms()
        if let folder = configuration.mail.templates { try TemplateFolder(path: folder).read(into: &forms) }
        self.init(
            site: configuration.site.name, codeLifetime: configuration.otp.ttl,
            linkLifetime: TokenPolicy().resetLink, host: configuration.site.publicURL?.host,
            language: LanguageTag(configuration.site.defaultLocale), forms: forms)
    }
}
