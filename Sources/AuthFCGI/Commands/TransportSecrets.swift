/// What transports are told by files, as far as the configuration has them used.
struct TransportSecrets: Sendable {
    /// The header fields for the gateway.
    let fields: [String]
    /// The login at the mail server; nil where it asks for none.
    let login: (user: String, password: String)?

    /// Reads the files. What is wrong with one names its key and the file.
    init(_ configuration: Configuration) throws(StartFailure) {
        let (mail, sms) = (configuration.mail, configuration.sms)
        switch sms.transport {
        case .http:
            fields = try sms.headers.map { file throws(StartFailure) in try Self.lines(file, "sms.headers_file") } ?? []
        case .command, .file, .off: fields = []
        }
        switch (mail.transport, mail.user, mail.password) {
        case (.smtp, let user?, let file?):
            login = (user, try Self.lines(file, "mail.password_file").first ?? "")
        case (.smtp, _, _), (.sendmail, _, _), (.file, _, _), (.off, _, _): login = nil
        }
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
