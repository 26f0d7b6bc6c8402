import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// Notices on their way through the outbox, and the links that they carry.
struct NoticePayloadTests {
    private static let secret = SessionSecret(octets: (0..<32).map { UInt8($0) })

    @Test(arguments: Notice.Kind.allCases, [true, false])
    func `a notice comes out of its seal as it went in`(kind: Notice.Kind, isForNobody: Bool) throws {
        let sealer = try PayloadSealer(keys: try KeyRing.parse(TestKeys.line()), random: SystemRandom())
        let realm = try #require(Realm("riders"))
        let notice = Notice(
            kind: kind, moment: Timestamp(microseconds: 1_800_000_000_123_456), client: "192.0.2.7",
            link: kind == .newDevice ? "https://a.example/x" : nil)
        var message = Message(
            realm: realm, address: .email(try #require(EmailAddress("ada@example.com"))), content: .notice(notice),
            languages: [try #require(LanguageTag("de"))], created: notice.moment, expires: notice.moment)
        message.isForNobody = isForNobody
        let sealed = try Outbox(sealer: sealer, wake: {}).sealed(message)
        #expect((sealed.thread == nil) == (kind != .registrationAttempted))
        let opened = sealer.open(sealed.payload, context: Array("riders".utf8))
        let outgoing = try #require(OutgoingMessage(opened))
        guard case .notice(let read) = outgoing.content else {
            Issue.record("not a notice")
            return
        }
        #expect(read == notice && outgoing.isForNobody == isForNobody && outgoing.languages == message.languages)
        #expect(MessageKind(outgoing.content).rawValue == kind.rawValue)
    }

    @Test(arguments: ["riders", "a.b-c_d"])
    func `a link names its realm and its secret`(realm: String) throws {
        let secret = try #require(Self.secret)
        let url = EndSessionLink(realm: realm, secret: secret).url(at: "https://a.example")
        #expect(url.hasPrefix("https://a.example/end-session/"))
        let link = try #require(EndSessionLink(segment: url.split(separator: "/").last.map(String.init)))
        #expect(link.realm == realm && link.secret.octets == secret.octets)
    }

    @Test(arguments: ["", "x", ".", "riders.", "riders.AAAA", "riders.!", nil])
    func `what is no link names nothing`(segment: String?) {
        #expect(EndSessionLink(segment: segment) == nil)
    }

    @Test func `a client is written as people write it`() {
        #expect(ClientAddress(octets: [192, 0, 2, 7])?.description == "192.0.2.7")
        let octets: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 7, 0, 9, 1, 1, 1, 1, 1, 1, 1, 1]
        #expect(ClientAddress(octets: octets)?.description == "2001:db8:7:9::/64")
    }
}
