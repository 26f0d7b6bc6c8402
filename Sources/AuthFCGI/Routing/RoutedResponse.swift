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
    /// What it is counted under.
    let label: RequestMeter.Label
    /// Where that stands among the router's labels.
    let place: Int
    let outcome: Outcome
    /// Whether the endpoint's description has this status; looked up in debug builds only.
    let isDescribed: Bool

    /// Whose endpoint it was, or in whose words it was refused.
    var api: String { label.api }
    /// The endpoint's path as its table has it; nil for a path that no endpoint has.
    var route: String? { label.route }
}
