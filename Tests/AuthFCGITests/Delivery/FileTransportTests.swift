import AuthDomain
import FoundationEssentials
import Testing

@testable import AuthFCGI

@Suite struct FileTransportTests {
    private let folder: TemporaryDirectory
    private let transport: FileTransport

    init() throws {
        folder = try TemporaryDirectory()
        transport = FileTransport(directory: folder.path, sender: "noreply@example.org")
    }

    private func text(_ body: String, id: Int64 = 7) -> TextMessage {
        TextMessage(
            recipient: "+33612345678", body: body, created: Timestamp(microseconds: 1_798_761_599_000_042), id: id,
            limit: .seconds(1))
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    private func content(_ name: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: "\(folder.path)/\(name)")), as: UTF8.self)
    }

    @Test func `a text is a file of its own, named by its time and number`() throws {
        try transport.deliver(text("314159 is your code."))
        #expect(try names == ["20261231T235959.000042Z-7.sms"])
        #expect(try content("20261231T235959.000042Z-7.sms") == "To: +33612345678\n\n314159 is your code.\n")
        let path = "\(folder.path)/20261231T235959.000042Z-7.sms"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a mail is a file that can be opened as one`() throws {
        try transport.deliver(
            MailMessage(
                recipient: try #require(EmailAddress("ada@example.com")),
                words: Wording.Words(subject: "S", body: "B", html: "B"),
                created: Timestamp(microseconds: 0), id: 1, limit: .seconds(1)))
        #expect(try names == ["19700101T000000.000000Z-1.eml"])
        #expect(
            try content("19700101T000000.000000Z-1.eml").hasPrefix(
                "From: noreply@example.org\r\nTo: ada@example.com\r\n"))
    }

    @Test func `what is delivered again takes the place of what was`() throws {
        try transport.deliver(text("first"))
        try transport.deliver(text("first"))
        #expect(try names.count == 1)
    }

    @Test func `a folder that is not there is told, without a word of the message`() throws {
        let lost = FileTransport(directory: "\(folder.path)/none", sender: "a@b.example")
        #expect(throws: DeliveryError(reason: "open: No such file or directory")) { try lost.deliver(text("314159")) }
    }

    @Test func `a link in the way is not followed`() throws {
        let target = try folder.write("kept", to: "target")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/.20261231T235959.000042Z-7.partial", withDestinationPath: target)
        #expect(throws: DeliveryError.self) { try transport.deliver(text("314159")) }
        #expect(try content("target") == "kept")
    }
}
