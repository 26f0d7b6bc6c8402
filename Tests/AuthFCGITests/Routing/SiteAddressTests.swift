import AuthDomain
import Testing

@testable import AuthFCGI

/// Where a request comes from, as far as proxies are believed.
@Suite struct SiteAddressTests {
    private func address(_ remote: String, _ forwarded: String? = nil, trusting: Bool = true) -> String? {
        var site = Site()
        site.addressOctets = AddressParser.octets
        if trusting { site.isTrustedProxy = { $0.first == 10 || $0.first == 127 } }
        let said = forwarded.map { [(name: "HTTP_X_FORWARDED_FOR", value: $0)] } ?? []
        let pairs = [(name: "REMOTE_ADDR", value: remote)] + said
        let request = FastCGIRequest(
            role: .responder, parameters: FastCGIParameters(pairs), body: .whole([]))
        return site.address(of: HTTPRequest(request, id: "an-id"))
    }

    @Test func `a proxy that is trusted says for whom it asks`() {
        #expect(address("10.0.0.1", "203.0.113.9") == "203.0.113.9")
        #expect(address("10.0.0.1", "198.51.100.1, 203.0.113.9 ,10.0.0.2") == "203.0.113.9")
        #expect(address("10.0.0.1", "2001:db8::1") == "2001:db8::1")
        #expect(address("10.0.0.1") == "10.0.0.1")
        #expect(address("10.0.0.1", "10.0.0.2, 127.0.0.1") == "10.0.0.2")
    }

    @Test func `nobody else does`() {
        #expect(address("203.0.113.9", "198.51.100.1") == "203.0.113.9")
        #expect(address("10.0.0.1", "203.0.113.9", trusting: false) == "10.0.0.1")
    }

    @Test(arguments: [
        ("203.0.113.9:4711", "203.0.113.9"), ("[2001:db8::1]:4711", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
    ])
    func `a port is no part of an address`(said: String, address: String) {
        #expect(self.address("10.0.0.1", said) == address)
    }

    @Test(arguments: ["unknown", "", "_hidden", "203.0.113", "[", "[]", ":", "203.0.113.9:1:2", "é"])
    func `a proxy that says no address is where the request comes from`(said: String) {
        #expect(address("10.0.0.1", "198.51.100.1, \(said)") == "10.0.0.1")
        #expect(address("10.0.0.1", "198.51.100.1, \(said), 10.0.0.2") == "10.0.0.2")
    }
}
