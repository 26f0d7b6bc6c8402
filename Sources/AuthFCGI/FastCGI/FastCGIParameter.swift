/// The parameters that are read (RFC 3875, 4.1, and what web servers add); of all others nothing is kept.
enum FastCGIParameter: UInt8, CaseIterable, Sendable {
    case requestMethod, scriptName, pathInfo, contentType, contentLength, host, origin, authorization, fetchSite
    case https, requestScheme, remoteAddress, tenant, realm, queryString
    case requestID, cookie, forwardedFor, accept, acceptLanguage, purpose, secPurpose

    /// As the web server names it.
    var name: String {
        switch self {
        case .requestMethod: "REQUEST_METHOD"
        case .scriptName: "SCRIPT_NAME"
        case .pathInfo: "PATH_INFO"
        case .contentType: "CONTENT_TYPE"
        case .contentLength: "CONTENT_LENGTH"
        case .host: "HTTP_HOST"
        case .origin: "HTTP_ORIGIN"
        case .authorization: "HTTP_AUTHORIZATION"
        case .fetchSite: "HTTP_SEC_FETCH_SITE"
        case .https: "HTTPS"
        case .requestScheme: "REQUEST_SCHEME"
        case .remoteAddress: "REMOTE_ADDR"
        case .tenant: "AUTH_TENANT"
        case .realm: "AUTH_REALM"
        case .queryString: "QUERY_STRING"
        case .requestID: "REQUEST_ID"
        case .cookie: "HTTP_COOKIE"
        case .forwardedFor: "HTTP_X_FORWARDED_FOR"
        case .accept: "HTTP_ACCEPT"
        case .acceptLanguage: "HTTP_ACCEPT_LANGUAGE"
        case .purpose: "HTTP_PURPOSE"
        case .secPurpose: "HTTP_SEC_PURPOSE"
        }
    }

    /// The parameters by the length of their names.
    private static let byLength: [[(parameter: FastCGIParameter, name: [UInt8])]] = {
        let all = allCases.map { (parameter: $0, name: Array($0.name.utf8)) }
        return (0...(all.map(\.name.count).max() ?? 0)).map { length in all.filter { $0.name.count == length } }
    }()

    /// The parameter of a name; nil for one that is not read.
    init?(name: Span<UInt8>) {
        guard name.count < Self.byLength.count else { return nil }
        for candidate in Self.byLength[name.count] where Self.areEqual(name, candidate.name.span) {
            self = candidate.parameter
            return
        }
        return nil
    }

    /// Compares from the end: names begin alike.
    private static func areEqual(_ name: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        var index = min(name.count, other.count)
        while index > 0 {
            index -= 1
            if name[index] != other[index] { return false }
        }
        return name.count == other.count
    }
}
