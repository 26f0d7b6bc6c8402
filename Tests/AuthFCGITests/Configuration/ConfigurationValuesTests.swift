import Testing

@testable import AuthFCGI

/// The types that the configuration's texts become.
struct ConfigurationValuesTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("15s", .seconds(15)), ("15m", .seconds(900)), ("24h", .seconds(86_400)),
        ("30d", .seconds(2_592_000)), ("0s", .zero), ("1500ms", .milliseconds(1500)),
    ])
    func `a duration is a number and a unit`(text: String, duration: Duration) {
        #expect(TimeSpan.parse(text) == duration)
        #expect(TimeSpan.parse(TimeSpan.text(duration)) == duration)
    }

    @Test(arguments: ["", "1", "s", "-1s", "1 s", "1.5s", "1S", "1m30s", "999999999999999999d", "１s", "+1s"])
    func `what is no duration is none`(text: String) { #expect(TimeSpan.parse(text) == nil) }

    @Test(arguments: [("64KiB", 65_536), ("1B", 1), ("19MiB", 19_922_944), ("1GiB", 1 << 30), ("1025B", 1025)])
    func `a size is a number and a unit`(text: String, octets: Int) {
        #expect(OctetCount.parse(text) == octets)
        #expect(OctetCount.text(octets) == text)
    }

    @Test(arguments: ["", "1", "KiB", "64KB", "64 KiB", "-1B", "999999999999999999GiB", "1kib"])
    func `what is no size is none`(text: String) { #expect(OctetCount.parse(text) == nil) }

    @Test(arguments: [
        "systemd", "fd:0", "unix:/run/a.sock", "tcp:127.0.0.1:9180", "tcp:[::1]:1", "tcp:host.a:65535",
    ])
    func `a listener comes back as its text`(text: String) { #expect(Configuration.Listener(text)?.text == text) }

    @Test(arguments: [
        "", "System", "systemd:", "fd:", "fd:-1", "fd:x", "fd:1", "fd:00", "unix:a", "unix:", "tcp:1", "tcp::1",
        "tcp:h:0",
        "tcp:h:65536",
        "tcp:::1:80", "tcp:[::1]", "tcp:[::1:80", "tcp:[h]:80", "tcp:-h:80", "tcp:a..b:80", "unix:/a\u{1}",
        "unix:/" + String(repeating: "a", count: 107),
    ])
    func `what is no listener is none`(text: String) { #expect(Configuration.Listener(text) == nil) }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("::1", "::1", true),
        ("::1", "::2", false),
        ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
        ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::", false), ("192.168.1.128/25", "192.168.1.127", false),
        ("192.168.1.128/25", "192.168.1.128", true), ("127.0.0.1", "rubbish", false),
    ])
    func `a block has its addresses`(block: String, address: String, isIn: Bool) throws {
        #expect(try #require(Configuration.AddressBlock(block)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "10.0.0.1/8", "10.0.0.0/33", "::1/129", "::1/", "/8", "10.0.0/8", "host", "10.0.0.0/8/8", "fe80::1%lo",
    ])
    func `what is no block is none`(text: String) { #expect(Configuration.AddressBlock(text) == nil) }

    @Test(arguments: [
        ("https://a.example", "https://a.example", "https://a.example"),
        ("https://A.Example:443/", "https://a.example", "https://a.example"),
        ("http://a:8080/b/c/", "http://a:8080/b/c", "http://a:8080"),
        ("http://[::1]:80", "http://[::1]", "http://[::1]"),
    ])
    func `a URL has one text and one origin`(text: String, normal: String, origin: String) throws {
        let url = try #require(Configuration.WebURL(text))
        #expect(url.text == normal)
        #expect(url.origin == origin)
    }

    @Test(arguments: [
        "", "a.example", "ftp://a", "https://", "https:///p", "https://u@a", "https://u:p@a", "https://a?q",
        "https://a/?q",
        "https://a/#f", "https://a b", "https://a/ b", "https://a:0", "https://a/\n", "HTTPS://a", "https://é",
    ])
    func `what is no URL is none`(text: String) { #expect(Configuration.WebURL(text) == nil) }

    @Test(arguments: ["", "/1h", "10", "0/1h", "10/", "10/1", "10/0s", "10/31d", "-1/1h", "10/1h/1h", "1000001/1h"])
    func `what is no rate is none`(text: String) { #expect(Configuration.Rate(text) == nil) }

    @Test(arguments: ["", "660", "0660", "0777", "0888", "1777", "06600", "rw"])
    func `a mode has three or four octal digits`(text: String) {
        let modes = ["660": "0660", "0660": "0660", "0777": "0777"]
        #expect(Configuration.FileMode(text)?.text == modes[text])
    }

    @Test(arguments: [
        ("otp", "opt", 2), ("", "abc", 3), ("abc", "", 3), ("digits", "digits", 0), ("digts", "digits", 1),
    ])
    func `the distance of words is the number of changes`(left: String, right: String, distance: Int) {
        #expect(Spelling.distance(left, right) == distance)
    }
}
