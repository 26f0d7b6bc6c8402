extension Configuration {
    /// `[mail]`: how mails leave.
    struct Mail: Hashable, Sendable {
        /// What takes a mail.
        enum Transport: String, CaseIterable, Sendable {
            case smtp
            /// The machine's sendmail(1).
            case sendmail
            /// A file a mail, for development.
            case file
            /// Nothing: mails are not sent.
            case off

            /// Whether mails reach people.
            var isReal: Bool {
                switch self {
                case .smtp, .sendmail: true
                case .file, .off: false
                }
            }
        }

        var transport = Transport.smtp
        var server = MailServer.local
        var requiresTLS = false
        /// Nil for a server that asks for no login.
        var user: String?
        var password: SecretFile?
        /// The sender's address (RFC 5321, 2.3.11).
        var from = "no-reply@localhost"
        /// For the transport `file`.
        var directory: String?
        /// A folder of templates that take the place of the program's own.
        var templates: String?

        static let keys = [
            ConfigurationKey("mail", "transport", \.mail.transport, .choice, "what takes a mail"),
            ConfigurationKey(
                "mail", "url", \.mail.server, .mailServer, "smtp:// uses STARTTLS where it is offered"),
            ConfigurationKey(
                "mail", "require_tls", \.mail.requiresTLS, .boolean,
                "whether a server without TLS gets no mail; with a user, none does"),
            ConfigurationKey(
                "mail", "user", \.mail.user,
                .optional(.text("user name", accepted: "1 to 255 octets without control characters", octets: 1...255)),
                "empty: no login"),
            ConfigurationKey("mail", "password_file", \.mail.password, .optional(.secretFile), "of that user"),
            ConfigurationKey(
                "mail", "from", \.mail.from,
                .text("mail address", accepted: #"an address such as "no-reply@example.org""#, octets: 3...254) {
                    text in
                    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
                    guard parts.count == 2, let local = parts.first, let domain = parts.last else { return false }
                    return !local.isEmpty && HostPort.isHost(domain)
                        && local.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#""(),:;<>[\]"#.utf8.contains($0) }
                }, "the sender"),
            ConfigurationKey(
                "mail", "directory", \.mail.directory, .optional(.path),
                "transport file: a file a mail, for development"),
            ConfigurationKey(
                "mail", "templates", \.mail.templates, .optional(.path),
                "templates that take the place of the program's own"),
        ]
    }
}
