extension Configuration {
    /// An SMTP server.
    struct MailServer: Hashable, Sendable {
        /// Whether TLS begins at once (RFC 8314, 3.3). Otherwise by STARTTLS, when it is offered.
        let usesTLSAtOnce: Bool
        let host: String
        let port: Int

        /// The server of this machine, port 25.
        static let local = MailServer(usesTLSAtOnce: false, host: "localhost", port: 25)

        private init(usesTLSAtOnce: Bool, host: String, port: Int) {
            self.usesTLSAtOnce = usesTLSAtOnce
            self.host = host
            self.port = port
        }

        /// Reads "smtp://host[:port]" (port 25) and "smtps://host[:port]" (port 465).
        init?(_ text: String) {
            let scheme = text.hasPrefix("smtps://") ? "smtps://" : "smtp://"
            guard text.hasPrefix(scheme) else { return nil }
            guard let (host, port) = HostPort.parse(String(text.dropFirst(scheme.count))) else { return nil }
            let usesTLSAtOnce = scheme == "smtps://"
            self.init(usesTLSAtOnce: usesTLSAtOnce, host: host, port: port ?? (usesTLSAtOnce ? 465 : 25))
        }

        /// The text that `init` reads, port and all.
        var text: String { (usesTLSAtOnce ? "smtps://" : "smtp://") + HostPort.text(host, port) }
    }
}

extension ConfigurationForm where Value == Configuration.MailServer {
    /// A mail server.
    static var mailServer: Self {
        parsed(
            "mail server", accepted: #""smtp://HOST:PORT" or "smtps://HOST:PORT", without user and password"#,
            isRepeatable: false, parse: { Configuration.MailServer($0) }, text: \.text)
    }
}
