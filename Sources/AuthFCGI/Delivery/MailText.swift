import AuthDomain
import CSystem
import Glibc

/// A mail as it is sent (RFC 5322): the lines end in CR LF, and nothing that anybody typed can make a header field.
struct MailText {
    let message: MailMessage
    /// The sender's address.
    let sender: String

    /// The octets of header and body: the same words twice, plain and as HTML (RFC 2046, 5.1.4).
    var octets: [UInt8] {
        let domain = sender.drop { $0 != "@" }.dropFirst()
        let id = "\(message.created.microseconds).\(message.id)"
        // A line that no quoted-printable text can have.
        let boundary = "=_\(id)"
        let header = [
            "From: \(Self.line(sender))", "To: \(Self.line(message.recipient.key))",
            "Subject: \(Self.subject(message.words.subject))", "Date: \(Self.date(message.created))",
            "Message-ID: <\(id)@\(Self.line(String(domain)))>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
        ]
        let parts = [("plain", message.words.body), ("html", message.words.html)].flatMap { type, text in
            let (encoding, encoded) = Self.encoded(text)
            return [
                "--\(boundary)", "Content-Type: text/\(type); charset=utf-8",
                "Content-Transfer-Encoding: \(encoding)", "", encoded,
            ]
        }
        return Array((header + parts + ["--\(boundary)--", ""]).joined(separator: "\r\n").utf8)
    }

    /// A text as it is where every mail server takes it (RFC 5322, 2.1.1), so that links stay whole, or else encoded.
    private static func encoded(_ text: String) -> (encoding: String, text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isPlain = lines.allSatisfy { line in
            line.utf8.count <= 990 && line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !line.hasPrefix("--")
        }
        return isPlain ? ("7bit", lines.joined(separator: "\r\n")) : ("quoted-printable", QuotedPrintable.encode(text))
    }

    private static func line(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    /// A subject as it is, or encoded (RFC 2047) when it is not ASCII, would be read as encoded already, or makes a line
    /// longer than 78 characters (RFC 5322, 2.1.1).
    private static func subject(_ text: String) -> String {
        let text = line(text)
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?") && text.utf8.count <= 69
        guard !isPlain else { return text }
        // A line with an encoded word has at most 76 characters (RFC 2047, 2), the field's name among them: 39 octets,
        // never part of a character.
        var words: [[UInt8]] = [[]]
        for character in text.unicodeScalars.map({ Array(String($0).utf8) }) {
            if words[words.count - 1].count + character.count > 39 { words.append([]) }
            words[words.count - 1] += character
        }
        return words.map { "=?utf-8?B?\(Base64.encode($0))?=" }.joined(separator: "\r\n ")
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
