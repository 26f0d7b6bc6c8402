import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct MailTextTests {
    private func lines(
        to recipient: String = "ada@example.com", from sender: String = "noreply@example.org",
        subject: String = "Words",
        body: String = "One\ntwo"
    ) throws -> [String] {
        let message = MailMessage(
            recipient: try #require(EmailAddress(recipient)),
            words: Wording.Words(subject: subject, body: body, html: "<p>One</p>"),
            created: Timestamp(microseconds: 1_798_761_599_123_456), id: 42, limit: .seconds(1))
        let text = String(decoding: MailText(message: message, sender: sender).octets, as: UTF8.self)
        #expect(!text.replacing("\r\n", with: "").unicodeScalars.contains("\n"))
        return text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `a mail has its header and its words twice`() throws {
        #expect(
            try lines() == [
                "From: noreply@example.org", "To: ada@example.com", "Subject: Words",
                "Date: Thu, 31 Dec 2026 23:59:59 +0000",
                "Message-ID: <1798761599123456.42@example.org>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                #"Content-Type: multipart/alternative; boundary="=_1798761599123456.42""#, "",
                "--=_1798761599123456.42", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 7bit", "", "One", "two",
                "--=_1798761599123456.42", "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: 7bit", "", "<p>One</p>", "--=_1798761599123456.42--", "",
            ])
    }

    @Test(arguments: ["A\r\nBcc: eve@example.com", "A\nBcc: eve@example.com", "A\rBcc: x", "A\0B", "A\u{B}B\u{85}"])
    func `no subject and no sender can make a field`(text: String) throws {
        for lines in [try lines(subject: text), try lines(from: "x@example.org\(text)")] {
            #expect(lines.count == 22)
            #expect(!lines.contains { $0.hasPrefix("Bcc") })
        }
    }

    @Test func `a subject that is not ASCII is encoded`() throws {
        #expect(try lines(subject: "Ein Café").contains("Subject: =?utf-8?B?RWluIENhZsOp?="))
    }

    @Test func `a subject that would be read as encoded is encoded`() throws {
        #expect(try lines(subject: "=?utf-8?Q?a?=").contains("Subject: =?utf-8?B?PT91dGYtOD9RP2E/PQ==?="))
    }

    @Test(arguments: [69, 70, 2_000])
    func `no line is longer than it should be, however long a subject is`(length: Int) throws {
        let header = try lines(subject: String(repeating: "a", count: length)).prefix { !$0.isEmpty }
        #expect(header.allSatisfy { $0.utf8.count <= 78 }, "\(header)")
        #expect(header.contains("Subject: " + String(repeating: "a", count: length)) == (length == 69))
    }
}
