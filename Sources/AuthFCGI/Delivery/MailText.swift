import AuthDomain
import Glibc

/// A mail as it is sent (RFC 5322): the lines end in CR LF, and nothing that anybody typed can make a header field.
struct MailText {
    let message: MailMessage
    /// The sender's address.
    let sender: String

    /// The octets of header and body.
    var octets: [UInt8] {
        let domain = sender.drop { $0 != "@" }.dropFirst()
        let header = [
            "From: \(Self.line(sender))", "To: \(Self.line(message.recipient.key))",
            "Subject: \(Self.subject(message.subject))", "Date: \(Self.date(message.created))",
            "Message-ID: <\(message.created.microseconds).\(message.id)@\(Self.line(String(domain)))>",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        let body = message.body.split(separator: "\n", omittingEmptySubsequences: false)
        return Array((header + [""] + body.map(String.init) + [""]).joined(separator: "\r\n").utf8)
    }

    private static func line(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    /// A subject as it is, or encoded (RFC 2047) when it is not ASCII.
    private static func subject(_ text: String) -> String {
        let text = line(text)
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : "=?utf-8?B?\(Base64.encode(Array(text.utf8)))?="
    }

    /// `Thu, 31 Dec 2026 23:59:59 +0000` (RFC 5322, 3.3).
    private static func date(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.seconds)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let length = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S +0000", &parts)
        return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
