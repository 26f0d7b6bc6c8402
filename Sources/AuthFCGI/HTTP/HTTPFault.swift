/// Why a request was refused before it reached a use case.
enum HTTPFault: Error, Equatable, Sendable {
    case notFound
    case methodNotAllowed(allowed: String)
    /// The body is not declared as JSON.
    case unsupportedMediaType
    case contentTooLarge
    /// The body is not one JSON object, or shorter than announced.
    case malformedBody
    /// A field of the body has another JSON type than it must have.
    case wrongType(field: String, expected: String)
    /// A page of another site made a browser send this with its cookies.
    case crossSite
    /// A parameter came twice.
    case ambiguous(parameter: String)
    /// The web server's configuration is not one the service can work with.
    case misconfigured

    var status: HTTPStatus {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .unsupportedMediaType: .unsupportedMediaType
        case .contentTooLarge: .contentTooLarge
        case .malformedBody, .wrongType, .ambiguous: .badRequest
        case .crossSite: .forbidden
        case .misconfigured: .internalServerError
        }
    }

    /// What the client is told; APIs put it into their envelopes.
    var message: String {
        switch self {
        case .notFound: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .unsupportedMediaType: "Content-Type must be application/json"
        case .contentTooLarge: "Request body is too large"
        case .malformedBody: "Malformed request"
        case .wrongType(let field, let expected): "\(field) must be \(expected)"
        case .crossSite: "Cross-site request refused"
        case .ambiguous: "Malformed request"
        case .misconfigured: "Internal server error"
        }
    }
}
