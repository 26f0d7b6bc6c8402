import AuthDomain
import CCurl

/// Delivers mails to a mail server (RFC 5321), over TLS where it offers it or where it must be (RFC 3207, RFC 8314).
struct SMTPTransport: MailTransport {
    /// How to reach the server.
    struct Server: Sendable {
        /// `smtp://host:port` or `smtps://host:port`.
        let url: String
        /// Whether a server without TLS gets no mail; with a login, none does.
        let requiresTLS: Bool
        /// Who logs in; nil: nobody does.
        let login: (user: String, password: String)?
        /// A file with the certificates of authorities (PEM); nil: those of the system.
        let authorities: String?
    }

    let server: Server
    /// The address of the sender.
    let sender: String
    private let transfer: Transfer

    init(_ server: Server, sender: String) {
        self.server = server
        self.sender = sender
        transfer = Transfer(authorities: server.authorities)
    }

    func deliver(_ message: MailMessage) throws(DeliveryError) {
        try transfer.begin(server.url, protocols: "smtp,smtps", within: message.limit)
        // A password is told to nobody in clear.
        let security = server.requiresTLS || server.login != nil ? CURLUSESSL_ALL : CURLUSESSL_TRY
        try transfer.set(CURLOPT_USE_SSL, Int(security.rawValue))
        if let login = server.login {
            try transfer.set(CURLOPT_USERNAME, login.user)
            try transfer.set(CURLOPT_PASSWORD, login.password)
        }
        try transfer.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        try transfer.set(CURLOPT_UPLOAD, 1)
        let text = TransferText(MailText(message: message, sender: sender).octets)
        let outcome = try transfer.perform(CURLOPT_MAIL_RCPT, ["<\(message.recipient.key)>"], sending: text)
        guard outcome.code != CURLE_OK else { return }
        throw DeliveryError(
            reason: outcome.reason, isPermanent: Self.refuses(outcome, hasReadText: text.sent > 0))
    }

    /// Whether the server refuses the recipient or the mail for good. That it refuses to speak, to encrypt or to let us
    /// in is no fault of the mail: it is tried again.
    private static func refuses(_ outcome: Transfer.Outcome, hasReadText: Bool) -> Bool {
        // 530, 534, 535 and 538 (RFC 4954, 6; RFC 3207, 4) are about who sends.
        (500...599).contains(outcome.status) && ![530, 534, 535, 538].contains(outcome.status)
            && (hasReadText || outcome.code == CURLE_SEND_ERROR)
    }
}
