import AuthDomain

/// An answer and what the log and the metrics want to know of how it came about.
struct RoutedResponse: Sendable {
    /// What became of the request.
    enum Outcome: Sendable, Equatable {
        case answered
        /// A use case refused.
        case refused(AuthError)
        /// No use case saw it.
        case faulted(HTTPFault)
    }

    let response: HTTPResponse
    let api: String
    /// The endpoint's path as its table has it; nil for a path that no endpoint has.
    let route: String?
    let outcome: Outcome
    /// Whether the endpoint's description has this status; looked up in debug builds only.
    let isDescribed: Bool
}
