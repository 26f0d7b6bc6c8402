import AuthDomain

/// A request, as far as the service reads it. Parameters that a client could forge or that the web server does not
/// vouch for (`REMOTE_USER`, `AUTH_TYPE`, `HTTP_PROXY`) are not in it.
struct HTTPRequest: Sendable {
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
    private let parameters: FastCGIParameters

    /// The path of the resource that tells whether a client is logged in.
    static let authorization = "/auth/verify"

    /// Parameters whose meaning would be open if they came twice.
    private static let single = [
        "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_HOST", "HTTP_ORIGIN",
        "HTTP_AUTHORIZATION", "HTTP_SEC_FETCH_SITE", "HTTPS", "REQUEST_SCHEME", "REMOTE_ADDR", "AUTH_TENANT",
        "AUTH_REALM", "QUERY_STRING",
    ]

    /// Reads what the web server sent. `id` is taken where the web server names none.
    init(_ request: FastCGIRequest, id: @autoclosure () -> String) {
        parameters = request.parameters
        switch request.role {
        case .responder:
            isAuthorizer = false
            method = HTTPMethod(parameters["REQUEST_METHOD"] ?? "")
            path = (parameters["SCRIPT_NAME"] ?? "") + (parameters["PATH_INFO"] ?? "")
        case .authorizer:
            isAuthorizer = true
            method = .get
            path = Self.authorization
        }
        body = request.body
        isSecure = parameters["HTTPS"] == "on" || parameters["REQUEST_SCHEME"] == "https"
        self.id = parameters["REQUEST_ID"].flatMap(Self.requestID) ?? id()
    }

    /// A security-relevant parameter that came more than once: which of them counts would be a guess.
    var ambiguousParameter: String? {
        Self.single.first { parameters.isRepeated($0) }
    }

    /// The media type of the body in lower case, without its parameters.
    var contentType: String? {
        parameters["CONTENT_TYPE"].map { text in
            let type = text.prefix { $0 != ";" }
            return type.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
    }

    /// Whether it comes from a browser that shows its answer to a person (RFC 9110, 12.5.1).
    var isForPage: Bool { parameters["HTTP_ACCEPT"]?.contains("text/html") ?? false }

    /// The `Host` that the client asked.
    var host: String? { parameters["HTTP_HOST"] }
    /// The `Authorization` that the client sent.
    var authorization: String? { parameters["HTTP_AUTHORIZATION"] }
    /// Whether a browser asks in advance for what its user may want (Fetch, `Sec-Purpose`).
    var isPrefetch: Bool {
        [parameters["HTTP_SEC_PURPOSE"], parameters["HTTP_PURPOSE"]].contains { $0?.contains("prefetch") == true }
    }
    /// The `Origin` of a browser's request (RFC 6454, 7).
    var origin: String? { parameters["HTTP_ORIGIN"] }
    /// How the page that made a browser send this is related to the site (Fetch Metadata, 2.4).
    var fetchSite: String? { parameters["HTTP_SEC_FETCH_SITE"] }
    /// The languages that the client's user reads, the best first; empty when the client does not say.
    var languages: [LanguageTag] { AcceptLanguage.languages(parameters["HTTP_ACCEPT_LANGUAGE"] ?? "") }
    /// The site within the installation, set by the web server.
    var tenant: String? { parameters["AUTH_TENANT"].flatMap { $0.isEmpty ? nil : $0 } }
    /// The realm that an authorizer is asked about, set by the web server.
    var protectedRealm: String? { parameters["AUTH_REALM"].flatMap { $0.isEmpty ? nil : $0 } }
    /// What follows the question mark, as the client sent it (RFC 3875, 4.1.7).
    var query: String { parameters["QUERY_STRING"] ?? "" }
    /// The client's address as the web server saw it.
    var remoteAddress: String? { parameters["REMOTE_ADDR"].flatMap { $0.isEmpty ? nil : $0 } }

    /// For whom proxies say that they ask, the nearest last.
    var forwardedFor: [String] {
        parameters.all("HTTP_X_FORWARDED_FOR").flatMap { $0.split(separator: ",") }.map { hop in
            String(hop.drop { $0 == " " }.prefix { $0 != " " })
        }
    }

    /// The values of all cookies of this name, in the order sent (RFC 6265, 4.2).
    func cookies(named name: String) -> [String] {
        parameters.all("HTTP_COOKIE").flatMap { header in
            Array(header.utf8).split(separator: 0x3B).compactMap { pair in
                let pair = pair.drop { $0 == 0x20 || $0 == 0x09 }
                guard pair.starts(with: name.utf8) else { return nil }
                let rest = pair.dropFirst(name.utf8.count)
                return rest.first == 0x3D ? String(decoding: rest.dropFirst(), as: UTF8.self) : nil
            }
        }
    }

    private static func requestID(_ text: String) -> String? {
        let isToken = text.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        return isToken && (8...64).contains(text.utf8.count) ? text : nil
    }
}
