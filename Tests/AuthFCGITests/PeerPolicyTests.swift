import Testing

@testable import AuthFCGI

@Suite struct PeerPolicyTests {
    @Test(
        arguments: [
            (nil, []), ("", []), ("10.0.0.2", ["10.0.0.2"]), ("10.0.0.2,2001:db8::2", ["10.0.0.2", "2001:db8::2"]),
            ("10.0.0.2, 10.0.0.3 ", ["10.0.0.2", "10.0.0.3"]),
        ] as [(String?, [String])])
    func `other hosts are those of the environment`(text: String?, addresses: [String]) throws {
        var environment: [String: String] = [:]
        environment["FCGI_WEB_SERVER_ADDRS"] = text
        #expect(try PeerPolicy(Configuration.Server(), environment: environment).addresses == addresses)
    }
}
