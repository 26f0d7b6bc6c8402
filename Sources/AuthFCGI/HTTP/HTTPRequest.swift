import AuthDomain

/// A request, as far as the service reads it. Parameters that a client could forge or that the web server does not
/// vouch for (`REMOTE_USER`, `AUTH_TYPE`, `HTTP_PROXY`) are not in it.
final class HTTPRequest: Sendable {
    let method: HTTPMethod
    /// `SCRIPT_NAME` and `PATH_INFO` joined: the one form of the path that is the same under all web servers.
    let path: String
    /// What came after the header; never more than the configured size.
    let body: FastCGIBody
    /// Whether the client's connection to the web server is encrypted.
    let isSecure: Bool
    /// The name under which everything of this request is logged; the client gets it as `X-Request-Id`.
    let id: String
    /// Whether the web server asks only if the client may have what it serves itself (FastCGI 1.0, 6.3). The request is
    /// then one for `authorization`, whatever the client asked for.
    let isAuthorizer: Bool
    /// Why the web server has refused the request by itself, where it asks for the words of that only (lighttpd,
    /// `server.error-handler`). The path is then the one that the client sent, as it sent it, and the method is not.
    let refusal: HTTPFault?
    private let parameters: FastCGIParameters

    /// The path of the resource that tells whether a client is logged in.
    static let authorization = "/auth/verify"

    /// Parameters whose meaning would be open if they came twice. Some web servers make one parameter of names that differ in
    /// their punctuation: a client's `X_Forwarded_For` stands beside what a proxy says.
    private static let single: [FastCGIParameter] = [
        .requestMethod, .scriptName, .pathInfo, .contentType, .contentLength, .host, .origin, .authorization,
        .fetchSite, .https, .requestScheme, .remoteAddress, .forwardedFor, .tenant, .realm, .queryString,
        .redirectStatus,
    ]

    /// Reads what the web server sent. `id` is taken where the web server names none.
    init(_ request: FastCGIRequest, id: @autoclosure () -> String) {
        parameters = request.parameters
        switch request.role {
        case .responder:
            isAuthorizer = false
            let status = parameters[.redirectStatus].flatMap(Int.init)
            let original = status.flatMap(HTTPRequest.method(ofRefused:))
            method = original ?? HTTPMethod(parameters[.requestMethod] ?? "")
            refusal = original == nil ? status.flatMap(HTTPRequest.refusal) : nil
            if original != nil || refusal != nil {
                path = String((parameters[.requestURI] ?? "").prefix { $0 != "?" })
            } else {
                let name = parameters[.scriptName] ?? ""
                let info = parameters[.pathInfo] ?? ""
                path = info.isEmpty ? name : name + info
            }
        case .authorizer:
            isAuthorizer = true
            refusal = nil
            method = .get
            path = HTTPRequest.authorization
        }
        body = request.body
        isSecure = parameters[.https] == "on" || parameters[.requestScheme] == "https"
        self.id = HTTPRequest.requestID(parameters.octets(of: .requestID) ?? []) ?? id()
    }

    /// A security-relevant parameter that came more than once: which of them counts would be a guess.
    var ambiguousParameter: String? {
        guard parameters.hasRepeated else { return nil }
        return Self.single.first { parameters.isRepeated($0) }?.name.description
    }

    /// The media type of the body in lower case, without its parameters.
    var contentType: String? {
        parameters[.contentType].map { text in
            let type = text.prefix { $0 != ";" }
            return type.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
    }

    /// Whether it comes from a browser that shows its answer to a person (RFC 9110, 12.5.1).
    var isForPage: Bool { parameters[.accept]?.contains("text/html") ?? false }

    /// The `Host` that the client asked.
    var host: String? { parameters[.host] }
    /// The octets of the `Authorization` that the client sent.
    var authorization: ArraySlice<UInt8>? { parameters.octets(of: .authorization) }
    /// Whether a browser asks in advance for what its user may want (Fetch, `Sec-Purpose`).
    var isPrefetch: Bool {
        [parameters[.secPurpose], parameters[.purpose]].contains { $0?.contains("prefetch") == true }
    }
    /// The `Origin` of a browser's request (RFC 6454, 7).
    var origin: String? { parameters[.origin] }
    /// How the page that made a browser send this is related to the site (Fetch Metadata, 2.4).
    var fetchSite: String? { parameters[.fetchSite] }
    /// The languages that the client's user reads, the best first; empty when the client does not say.
    var languages: [LanguageTag] { AcceptLanguage.languages(parameters[.acceptLanguage] ?? "") }
    /// The site within the installation, set by the web server.
    var tenant: String? { parameters[.tenant].flatMap { $0.isEmpty ? nil : $0 } }
    /// The realm that an authorizer is asked about, set by the web server.
    var protectedRealm: String? { parameters[.realm].flatMap { $0.isEmpty ? nil : $0 } }
    /// What follows the question mark, as the client sent it (RFC 3875, 4.1.7).
    var query: String { parameters[.queryString] ?? "" }
    /// The client's address as the web server saw it.
    var remoteAddress: String? { parameters[.remoteAddress].flatMap { $0.isEmpty ? nil : $0 } }

    /// For whom proxies say that they ask, the nearest last.
    var forwardedFor: [String] {
        (parameters.octets(of: .forwardedFor) ?? []).split(separator: UInt8(ascii: ",")).map { hop in
            String(decoding: hop.drop { $0 == 0x20 }.prefix { $0 != 0x20 }, as: UTF8.self)
        }
    }

    /// How many cookies of one name are looked at: a browser has one for each path and domain that they were set for.
    static let mostCookiesOfOneName = 4

    /// The values of all cookies of this name, in the order sent (RFC 6265, 4.2). More than a browser would have count as
    /// none: each may cost the check of a signature.
    func cookies(named name: String) -> [String] {
        let values =
            parameters.isRepeated(.cookie)
            ? parameters.all(.cookie).flatMap { CookieHeader(octets: $0).values(of: name) }
            : parameters.octets(of: .cookie).map { CookieHeader(octets: $0).values(of: name) } ?? []
        return values.count <= Self.mostCookiesOfOneName ? values : []
    }

    /// What the method was of a request that a web server has refused and that is answered like any: a `POST` that says no
    /// length (lighttpd, 411), which is one without a body (RFC 9112, 6.3), as curl(1) sends it; a `TRACE` (Apache, 405), which
    /// no resource has.
    private static func method(ofRefused status: Int) -> HTTPMethod? {
        switch status {
        case 405: .other
        case 411: .post
        default: nil
        }
    }

    /// What the status means that a web server has refused a request with; nil for one that is no refusal.
    private static func refusal(_ status: Int) -> HTTPFault? {
        switch status {
        case 404: .notFound
        case 413: .contentTooLarge
        // A method or a version of HTTP that the web server does not know is the client's mistake, too.
        case 400..<500, 501, 505: .malformedBody
        case 500...: .misconfigured
        default: nil
        }
    }

    private static func requestID(_ octets: ArraySlice<UInt8>) -> String? {
        guard (8...64).contains(octets.count) else { return nil }
        for octet in octets {
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: continue
            default: return nil
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
