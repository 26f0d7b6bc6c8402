/// The statuses that the service answers with (RFC 9110, 15; RFC 6585).
enum HTTPStatus: Int, CaseIterable, Sendable {
    case ok = 200
    case created = 201
    case noContent = 204
    case found = 302
    case badRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case contentTooLarge = 413
    case unsupportedMediaType = 415
    case tooManyRequests = 429
    case internalServerError = 500
    case serviceUnavailable = 503

    /// The value of the CGI `Status` field: the number and its phrase.
    var line: StaticString {
        switch self {
        case .ok: "200 OK"
        case .created: "201 Created"
        case .noContent: "204 No Content"
        case .found: "302 Found"
        case .badRequest: "400 Bad Request"
        case .unauthorized: "401 Unauthorized"
        case .forbidden: "403 Forbidden"
        case .notFound: "404 Not Found"
        case .methodNotAllowed: "405 Method Not Allowed"
        case .contentTooLarge: "413 Content Too Large"
        case .unsupportedMediaType: "415 Unsupported Media Type"
        case .tooManyRequests: "429 Too Many Requests"
        case .internalServerError: "500 Internal Server Error"
        case .serviceUnavailable: "503 Service Unavailable"
        }
    }

    /// The phrase alone.
    var reason: String { String(line.description.dropFirst(4)) }
}
