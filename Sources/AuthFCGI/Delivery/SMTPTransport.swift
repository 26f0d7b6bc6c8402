import AuthDomain
import CCurl

/// Delivers mails to a mail server (RFC 5321), over TLS where it offers it or where it must be (RFC 3207, RFC 8314).
struct SMTPTransport: MailTransport {
    /// How to reach the server.
    struct Server: Sendable {
        /// `smtp://host:port` or `smtps://host:port`.
        let url: String
        /// Whether a server without TLS gets no mail.
        let requiresTLS: Bool
        /// Who logs in; nil: nobody does.
        let login: (user: String, password: String)?
    }

    let server: Server
    /// The address of the sender.
    let sender: String
    private let transfer: Transfer

    /// Nil when there is no memory.
    init?(_ server: Server, sender: String) {
        guard let transfer = Transfer() else { return nil }
        self.server = server
        self.sender = sender
        self.transfer = transfer
    }

    func deliver(_ message: MailMessage) throws(DeliveryError) {
        try transfer.begin(server.url, protocols: "smtp,smtps")
        let security = server.requiresTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY
        try transfer.set(CURLOPT_USE_SSL, Int(security.rawValue))
        if let login = server.login {
            try transfer.set(CURLOPT_USERNAME, login.user)
            try transfer.set(CURLOPT_PASSWORD, login.password)
        }
        try transfer.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        try transfer.set(CURLOPT_UPLOAD, 1)
        let text = TransferText(MailText(message: message, sender: sender).octets)
        _ = try transfer.perform(CURLOPT_MAIL_RCPT, ["<\(message.recipient.key)>"], sending: text)
    }
}
