import AuthDomain

/// What monitors may read, and who is one.
struct Monitoring: Sendable {
    /// Whether it is one that asks.
    let admits: @Sendable (_ request: HTTPRequest) -> Bool
    /// The metrics in the text format of Prometheus; without a backlog the database does not answer.
    let report: @Sendable (_ labels: Set<RequestMeter.Label>, _ backlog: Backlog?, _ now: Timestamp) -> HTTPResponse
}
