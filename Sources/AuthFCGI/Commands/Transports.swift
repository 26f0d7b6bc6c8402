/// The ways by which messages leave the house, as the configuration wants them.
enum Transports {
    /// What takes a text.
    static func texts(_ configuration: Configuration) throws(StartFailure) -> any TextTransport {
        let sms = configuration.sms
        switch sms.transport {
        case .off: return NoTransport()
        case .file: return try files(sms.directory, "sms.directory", configuration)
        case .command:
            guard !sms.command.isEmpty else { throw StartFailure("sms.command: the transport command needs it") }
            return ProgramTransport(command: sms.command, sender: configuration.mail.from)
        case .http:
            guard let url = sms.url else { throw StartFailure("sms.url: the transport http needs it") }
            let fields = try sms.headers.map { file throws(StartFailure) in try lines(file, "sms.headers_file") } ?? []
            guard let gateway = GatewayTransport(url: url, fields: fields, body: sms.body) else {
                throw StartFailure("sms.transport: no memory")
            }
            return gateway
        }
    }

    /// What takes a mail.
    static func mails(_ configuration: Configuration) throws(StartFailure) -> any MailTransport {
        let mail = configuration.mail
        switch mail.transport {
        case .off: return NoTransport()
        case .file: return try files(mail.directory, "mail.directory", configuration)
        case .sendmail: return ProgramTransport.sendmail(sender: mail.from)
        case .smtp:
            let scheme = mail.server.usesTLSAtOnce ? "smtps" : "smtp"
            let server = SMTPTransport.Server(
                url: "\(scheme)://\(mail.server.host):\(mail.server.port)", requiresTLS: mail.requiresTLS,
                login: try login(mail))
            guard let smtp = SMTPTransport(server, sender: mail.from) else {
                throw StartFailure("mail.transport: no memory")
            }
            return smtp
        }
    }

    private static func files(
        _ directory: String?, _ key: String, _ configuration: Configuration
    ) throws(StartFailure) -> FileTransport {
        guard let directory else { throw StartFailure("\(key): the transport file needs it") }
        return FileTransport(directory: directory, sender: configuration.mail.from)
    }

    private static func login(
        _ mail: Configuration.Mail
    ) throws(StartFailure) -> (user: String, password: String)? {
        guard let user = mail.user, let file = mail.password else { return nil }
        return (user, try lines(file, "mail.password_file").first ?? "")
    }

    private static func lines(_ file: Configuration.SecretFile, _ key: String) throws(StartFailure) -> [String] {
        do throws(Configuration.SecretFile.Fault) {
            let text = String(decoding: try file.read(), as: UTF8.self)
            return text.split(whereSeparator: \.isNewline).map(String.init)
        } catch {
            throw StartFailure("\(key): \(error)")
        }
    }
}
