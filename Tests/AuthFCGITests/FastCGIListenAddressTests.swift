import Testing

@testable import AuthFCGI

@Suite struct FastCGIListenAddressTests {
    @Test(arguments: [
        ("systemd", ListenAddress.systemd),
        ("fd:0", .inherited),
        ("unix:/run/authfcgi/authfcgi.sock", .unix(path: "/run/authfcgi/authfcgi.sock")),
        ("tcp:127.0.0.1:9180", .tcp(host: "127.0.0.1", port: "9180")),
        ("tcp:[::1]:9180", .tcp(host: "::1", port: "9180")),
        ("tcp:localhost:1", .tcp(host: "localhost", port: "1")),
    ])
    func `an address is read`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
    }

    @Test(arguments: [
        "", "fd:1", "unix:", "unix:relative", "tcp:", "tcp:9180", "tcp::9180", "tcp:host:", "tcp:host:0x1",
        "tcp:host:99999", "http://localhost",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: FastCGIError.address(text)) { try ListenAddress(text) }
    }
}
