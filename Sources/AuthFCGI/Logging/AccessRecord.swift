/// What is logged of a request that has been answered. There is nothing secret in it: the path is the endpoint's, not
/// the client's, since tokens lie in paths.
struct AccessRecord: Sendable {
    let method: String
    /// The endpoint's path as its table has it; nil for a path that no endpoint has.
    let route: String?
    let status: Int
    let duration: Duration
    let api: String
    let realm: String?
    let remoteAddress: String?
    /// What became of it: "answered", "refused: wrong code".
    let outcome: String
    /// Whether it is of those that monitors send every second and that were answered well: logged for who debugs.
    var isRoutine = false

    /// The duration in whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds).multipliedReportingOverflow(by: 1_000_000).partialValue
            &+ Int(attoseconds / 1_000_000_000_000)
    }
}
