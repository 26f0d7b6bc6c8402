import CSystem
import Glibc

/// The ways by which messages leave the house, as the configuration wants them. Each thread makes its own.
struct Transports: Sendable {
    /// Makes what takes a text.
    let texts: @Sendable () -> any TextTransport
    /// Makes what takes a mail.
    let mails: @Sendable () -> any MailTransport

    /// From then on this process does not end when who it writes to reads no more: a server, or a program.
    init(_ configuration: Configuration) throws(StartFailure) {
        _ = system_ignore_signal(SIGPIPE)
        let secrets = try TransportSecrets(configuration)
        texts = try Self.texts(configuration, secrets)
        mails = try Self.mails(configuration, secrets)
    }

    private static func texts(
        _ configuration: Configuration, _ secrets: TransportSecrets
    ) throws(StartFailure) -> @Sendable () -> any TextTransport {
        let sms = configuration.sms
        switch sms.transport {
        case .off: return { NoTransport() }
        case .file:
            let files = try files(sms.directory, "sms.directory", configuration)
            return { files }
        case .command:
            guard !sms.command.isEmpty else { throw StartFailure("sms.command: the transport command needs it") }
            let program = ProgramTransport(command: sms.command, sender: configuration.mail.from)
            return { program }
        case .http:
            guard let url = sms.url else { throw StartFailure("sms.url: the transport http needs it") }
            try prepareTransfers("sms.transport: http")
            let authorities = authorities
            return { GatewayTransport(url: url, fields: secrets.fields, body: sms.body, authorities: authorities) }
        }
    }

    private static func mails(
        _ configuration: Configuration, _ secrets: TransportSecrets
    ) throws(StartFailure) -> @Sendable () -> any MailTransport {
        let mail = configuration.mail
        switch mail.transport {
        case .off: return { NoTransport() }
        case .file:
            let files = try files(mail.directory, "mail.directory", configuration)
            return { files }
        case .sendmail: return { ProgramTransport.sendmail(sender: mail.from) }
        case .smtp:
            try prepareTransfers("mail.transport: smtp")
            let server = SMTPTransport.Server(
                url: mail.server.text, requiresTLS: mail.requiresTLS, login: secrets.login, authorities: authorities)
            return { SMTPTransport(server, sender: mail.from) }
        }
    }

    private static func prepareTransfers(_ user: String) throws(StartFailure) {
        do throws(DeliveryError) {
            try Transfer.prepare()
        } catch {
            throw StartFailure("\(user) needs libcurl: \(error.reason); as root: apt-get install libcurl4")
        }
    }

    /// The file of certificates that OpenSSL's own variable names; libcurl does not heed it by itself.
    private static var authorities: String? {
        unsafe getenv("SSL_CERT_FILE").flatMap { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func files(
        _ directory: String?, _ key: String, _ configuration: Configuration
    ) throws(StartFailure) -> FileTransport {
        guard let directory else { throw StartFailure("\(key): the transport file needs it") }
        return FileTransport(directory: directory, sender: configuration.mail.from)
    }
}
