/// The parameters that are read (RFC 3875, 4.1, and what web servers add); of all others nothing is kept.
enum FastCGIParameter: UInt8, CaseIterable, Sendable {
    case requestMethod, scriptName, pathInfo, contentType, contentLength, host, origin, authorization, fetchSite
    case https, requestScheme, remoteAddress, tenant, realm, queryString
    case requestID, cookie, forwardedFor, accept, acceptLanguage, purpose, secPurpose
    case requestURI, redirectStatus

    /// As the web server names it.
    var name: StaticString {
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
        case .requestURI: "REQUEST_URI"
        case .redirectStatus: "REDIRECT_STATUS"
        }
    }

    /// Each parameter at the place of its name. No two share one, so no name is compared with more than one.
    private static let table: [FastCGIParameter?] = {
        var table = [FastCGIParameter?](repeating: nil, count: 128)
        for parameter in allCases {
            if let place = place(of: parameter.name.description.utf8.span) { table[place] = parameter }
        }
        return table
    }()

    /// The parameter of a name; nil for one that is not read.
    init?(name: Span<UInt8>) {
        guard let place = Self.place(of: name), let parameter = Self.table[place], name.isSame(as: parameter.name)
        else { return nil }
        self = parameter
    }

    /// Where in the table a parameter of this name would stand: by its length, its first octet and its last.
    private static func place(of name: Span<UInt8>) -> Int? {
        guard name.count > 0 else { return nil }
        return (7 &* name.count &+ 11 &* Int(name[0]) &+ Int(name[name.count - 1])) & 127
    }
}
