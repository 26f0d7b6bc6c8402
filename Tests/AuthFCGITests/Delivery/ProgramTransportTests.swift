import AuthDomain
import Foundation
import Testing

@testable import AuthFCGI

/// Mails by a program of the system.
struct ProgramTransportTests {
    @Test func `a program gets the options of sendmail, one recipient, and lines as the system has them`() throws {
        let folder = try TemporaryDirectory()
        let (stub, out) = ("\(folder.path)/stub", "\(folder.path)/out")
        try Data("#!/bin/sh\nprintf '%s\\n' \"$@\" > \(out)\ncat >> \(out)\n".utf8).write(to: URL(filePath: stub))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stub)
        let options = Array(ProgramTransport.sendmail(sender: "a@example.org").command.dropFirst())
        let recipient = "o'neil+$`id`|x@example.com"
        try ProgramTransport(command: [stub] + options, sender: "a@example.org").deliver(
            MailMessage(
                recipient: try #require(EmailAddress(recipient)),
                words: Wording.Words(subject: "S", body: ".\nB\n", html: "B"), created: Timestamp(microseconds: 0),
                id: 1, limit: .seconds(10)))
        let text = String(decoding: try #require(FileManager.default.contents(atPath: out)), as: UTF8.self)
        #expect(text.hasPrefix("-i\n-f\na@example.org\n--\n\(recipient)\nFrom: a@example.org\nTo: \(recipient)\n"))
        #expect(text.contains("\n.\nB\n") && !text.utf8.contains(0x0D))
    }
}
