import Testing

@testable import AuthDomain

@Suite struct ValueTests {
    @Test(
        arguments: [
            ("ada@example.com", "ada@example.com"), (" \tAda.B+c@Example.COM\r\n", "ada.b+c@example.com"),
            ("a@b.c", "a@b.c"),
            ("!#$%&'*+-/=?^_`{|}~@x-1.example", "!#$%&'*+-/=?^_`{|}~@x-1.example"),
            ("u@xn--bcher-kva.example", "u@xn--bcher-kva.example"),
            (String(repeating: "a", count: 64) + "@b.c", String(repeating: "a", count: 64) + "@b.c"),
        ])
    func `an email address is compared trimmed and in lower case`(typed: String, key: String) {
        #expect(EmailAddress(typed)?.key == key)
    }

    @Test func `an address has 254 octets at most, wherever they are`() {
        let domain = "@example.com"
        #expect(EmailAddress(String(repeating: "a", count: 254 - domain.utf8.count) + domain) != nil)
        #expect(EmailAddress(String(repeating: "a", count: 255 - domain.utf8.count) + domain) == nil)
    }

    @Test(
        arguments: [
            "", "@", "a", "a@", "@b.c", "a@b", "a@@b.c", "a@b@c.d", "a b@c.d", ".a@b.c", "a.@b.c", "a..b@c.d", "a@.b.c",
            "a@b..c",
            "a@b.c.", "a@-b.c", "a@b-.c", "a@b_c.d", "\"a\"@b.c", "a@[127.0.0.1]", "a@bücher.example", "é@b.c",
            "a@b.c\0", "a\n@b.c",
            "a@b.c\r\nBcc: x@y.z", "a,b@c.d", "<a@b.c>", "a@b.c,d@e.f",
            "a@" + String(repeating: "b", count: 64) + ".c", "a@" + String(repeating: "b.", count: 126) + "c", "a＠b.c",
        ])
    func `what is no email address is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test(arguments: [
        ("Ada", "ada"), ("a.b-C_9", "a.b-c_9"), ("A23456789012345678Z0", "a23456789012345678z0"), ("...", "..."),
    ])
    func `a nickname is compared in lower case`(typed: String, key: String) {
        #expect(Nickname(typed)?.key == key)
        #expect(Nickname(typed) == Nickname(key))
    }

    @Test(
        arguments: [
            "", "ab", "a2345678901234567890x", "a b", "adä", "аda", "ad\u{430}", "ada ", " ada", "ada\0", "ada\n",
            "ad@a", "ａｄａ", "ad\u{200B}a",
            "K\u{212A}K", "a/b", "ſad",
        ])
    func `what is no nickname, look-alikes among them, is refused`(text: String) {
        #expect(Nickname(text) == nil)
    }

    @Test(arguments: ["A", "John Doe", "Ада", "李 明", "👩‍🚀", " x ", String(repeating: "é", count: 128)])
    func `a display name is kept as it is typed`(text: String) {
        #expect(DisplayName(text)?.text == text)
    }

    @Test(arguments: [
        "", " ", "\u{3000}", "a\0", "a\nb", "\u{1B}[2J", "a\u{2028}b", "a\u{85}", String(repeating: "a", count: 129),
    ])
    func `what is no display name is refused`(text: String) {
        #expect(DisplayName(text) == nil)
    }

    @Test(
        arguments: [
            ("a@b.example", ["email"]), ("+33612345678", ["phone"]), ("0033612345678", ["phone", "nickname"]),
            ("ada", ["nickname"]),
            ("", []), ("@", []), ("12345678", ["nickname"]), ("a b", []), ("+331", []),
        ])
    func `a login may be meant as these`(text: String, fields: [String]) {
        #expect(AccountIdentifier.readings(ofLogin: text).map { "\($0.field)" } == fields)
    }

    @Test(arguments: [("twake", nil, "twake"), ("a.b-C_1", "Site-1", "Site-1/a.b-C_1")] as [(String, String?, String)])
    func `a realm is named by itself and its tenant`(name: String, tenant: String?, key: String) {
        #expect(Realm(name, tenant: tenant)?.key == key)
    }

    @Test(
        arguments: [
            ("", nil), ("a/b", nil), ("a", ""), ("a", "b/c"), ("é", nil), ("a b", nil),
            (String(repeating: "a", count: 65), nil),
        ] as [(String, String?)])
    func `what is no realm is refused`(name: String, tenant: String?) {
        #expect(Realm(name, tenant: tenant) == nil)
    }

    @Test func `an account id is its time and its chance, in 24 digits`() throws {
        let id = AccountID(at: Timestamp(microseconds: 1_800_000_000_999_999), random: 1...8)
        #expect("\(id)" == "6b49d2000102030405060708")
        #expect(AccountID("\(id)") == id)
        #expect(AccountID(at: Timestamp(microseconds: .max), random: []).octets.count == 12)
        #expect(AccountID(at: Timestamp(microseconds: -1), random: 0...99).octets.count == 12)
        for text in [
            "", "6b49d20001020304050607", "6B49D2000102030405060708", "6b49d200010203040506070g",
            "6b49d2000102030405060708 ",
        ] {
            #expect(AccountID(text) == nil)
        }
    }

    @Test(
        arguments: [(0, 0), (1, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2)]
            as [(Int64, Int64)])
    func `seconds are rounded down`(microseconds: Int64, seconds: Int64) {
        #expect(Timestamp(microseconds: microseconds).seconds == seconds)
    }

    @Test func `moments never overflow`() {
        let (first, last) = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
        let long = Duration.seconds(Int64.max)
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(first + long > first)
        #expect(last + long == last)
        #expect(first - long == first)
        #expect(last.since(first) > .zero)
        #expect(first.since(last) < .zero)
        #expect(Timestamp(microseconds: 5) + .nanoseconds(-2_999) == Timestamp(microseconds: 3))
    }

    @Test(
        arguments: [
            (Duration.zero, 1), (.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1_001), 2), (.seconds(-5), 1),
            (.seconds(60), 60),
        ] as [(Duration, Int64)])
    func `who is told to wait waits long enough`(duration: Duration, seconds: Int64) {
        #expect(duration.retryAfterSeconds == seconds)
    }

    @Test func `secrets are not printed`() throws {
        var printed = ""
        dump(Password("canary-pass"), to: &printed)
        dump(try #require(OneTimeCode("314159")), to: &printed)
        dump(try #require(SessionSecret(octets: Array(repeating: 0x5A, count: 32))), to: &printed)
        printed += "\(Password("canary-pass")) \(try #require(OneTimeCode("314159")))"
        for secret in ["canary", "314159", "90", "5a"] { #expect(!printed.contains(secret)) }
        #expect(PhoneNumber("+33612345678")?.description == "+33****78")
        #expect(EmailAddress("ada@example.com")?.description == "a***@example.com")
    }

    @Test(arguments: ["twake", "north/twake"])
    func `a realm is read back from its key`(key: String) {
        #expect(Realm(stored: key)?.key == key)
    }

    @Test(arguments: ["", "/", "a/", "/a", "a/b/c", "a b"])
    func `what is no realm's key is no realm`(key: String) {
        #expect(Realm(stored: key) == nil)
    }

    @Test func `a client's address is told as people write it, and read back from its key`() {
        let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]
        for (octets, text) in [
            ([192, 0, 2, 1], "192.0.2.1"), (prefix + [0, 0, 0, 0, 0, 0, 0, 1], "2001:db8:1:2::/64"),
        ] {
            let client = ClientAddress(octets: octets)
            #expect(client?.description == text)
            #expect((client?.key).flatMap(ClientAddress.init(stored:)) == client)
        }
        #expect(ClientAddress(stored: "20010d") == nil && ClientAddress(stored: "") == nil)
    }
}
