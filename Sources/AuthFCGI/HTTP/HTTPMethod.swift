/// A request method (RFC 9110, 9). Methods that no resource has are one case: they all get a 405.
enum HTTPMethod: Hashable, Sendable {
    case get, head, post, options
    case other

    /// The method of a `REQUEST_METHOD`; names are case-sensitive.
    init(_ text: String) {
        switch text {
        case "GET": self = .get
        case "HEAD": self = .head
        case "POST": self = .post
        case "OPTIONS": self = .options
        default: self = .other
        }
    }

    /// As `Allow` lists it.
    var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .options: "OPTIONS"
        case .other: "OTHER"
        }
    }

    /// Whether it changes nothing by its definition (RFC 9110, 9.2.1).
    var isSafe: Bool {
        switch self {
        case .get, .head, .options: true
        case .post, .other: false
        }
    }
}
