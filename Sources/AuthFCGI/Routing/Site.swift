import AuthDomain

/// Who may send a browser here, and how cookies are set.
struct Site: Sendable {
    /// The origin that clients reach the service under, from the configuration; nil in development.
    var publicOrigin: String?
    /// Other origins whose pages may call with cookies.
    var allowedOrigins: Set<String> = []
    var cookies = CookieAttributes()
    /// Whether a proxy before the web server is believed when it tells for whom it asks; nil when none is.
    var isTrustedProxy: (@Sendable (_ octets: [UInt8]) -> Bool)?
    /// The octets of a numeric address; nil when a text is none.
    var addressOctets: @Sendable (String) -> [UInt8]? = { _ in nil }

    /// Where a request comes from.
    func client(of request: HTTPRequest) -> ClientAddress? {
        address(of: request).flatMap(addressOctets).flatMap(ClientAddress.init(octets:))
    }

    /// The numeric address that a request comes from: the web server's word, and, as long as that is a trusted proxy's
    /// address, what the proxy says in `X-Forwarded-For`, read from its end. A proxy that does not say an address is itself
    /// where the request comes from.
    func address(of request: HTTPRequest) -> String? {
        guard let isTrustedProxy, var address = request.remoteAddress else { return request.remoteAddress }
        var hops = request.forwardedFor
        while let octets = addressOctets(address), isTrustedProxy(octets), let hop = hops.popLast() {
            let said = Self.withoutPort(hop)
            guard addressOctets(said) != nil else { break }
            address = said
        }
        return address
    }

    /// A proxy's word without the port that some add: `192.0.2.1:4711`, `[2001:db8::1]:4711`, `[2001:db8::1]`.
    private static func withoutPort(_ hop: String) -> String {
        let octets = hop.utf8
        if octets.first == UInt8(ascii: "[") {
            return String(octets.dropFirst().prefix { $0 != UInt8(ascii: "]") }) ?? hop
        }
        guard octets.count(where: { $0 == UInt8(ascii: ":") }) == 1 else { return hop }
        return String(octets.prefix { $0 != UInt8(ascii: ":") }) ?? hop
    }

    /// Whether a request that changes something may count on its cookies: it comes from no browser, from a page of the
    /// same site, or from an origin that is allowed (Fetch Metadata; RFC 6454).
    func mayUseCookies(_ request: HTTPRequest) -> Bool {
        if let origin = request.origin {
            return isOwn(origin, request) ? request.fetchSite != "cross-site" : allowedOrigins.contains(origin)
        }
        return request.fetchSite != "cross-site"
    }

    /// Gives an answer the CORS fields for an allowed origin (Fetch, 3.2); for others it stays as it is.
    func allow(_ request: HTTPRequest, on response: inout HTTPResponse, methods: String? = nil) {
        guard let origin = request.origin else { return }
        response.add("Vary", "Origin")
        guard allowedOrigins.contains(origin) else { return }
        response.add("Access-Control-Allow-Origin", origin)
        response.add("Access-Control-Allow-Credentials", "true")
        if let methods {
            response.add("Access-Control-Allow-Methods", methods)
            response.add("Access-Control-Allow-Headers", "Content-Type, Authorization")
            response.add("Access-Control-Max-Age", "600")
        } else {
            response.add("Access-Control-Expose-Headers", "Retry-After, X-Request-Id")
        }
    }

    private func isOwn(_ origin: String, _ request: HTTPRequest) -> Bool {
        if origin == publicOrigin { return true }
        guard let host = request.host else { return false }
        return origin == (request.isSecure ? "https://" : "http://") + host
    }
}
