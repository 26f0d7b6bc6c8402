/// Counts requests by API and endpoint.
struct RequestMeter: Sendable {
    /// What a request is counted under.
    struct Label: Hashable, Sendable {
        let api: String
        /// The endpoint's path as its table has it; nil for what no endpoint has.
        let route: String?
    }

    private let series: [Label: RequestSeries]

    /// A meter for requests under these labels, and nothing else.
    init(_ labels: some Sequence<Label>, on scoreboard: Scoreboard) {
        var series: [Label: RequestSeries] = [:]
        for label in labels { series[label] = scoreboard.series("\(label.api)\n\(label.route ?? "")") }
        self.series = series
    }

    /// Counts an answer.
    func count(_ label: Label, _ status: HTTPStatus, _ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let microseconds = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000).partialValue
        series[label]?.count(status, microseconds: microseconds &+ Int(attoseconds / 1_000_000_000_000))
    }

    /// All series, in the order of their labels.
    var all: [(label: Label, series: RequestSeries)] {
        series.map { ($0.key, $0.value) }.sorted {
            ($0.label.api, $0.label.route ?? "") < ($1.label.api, $1.label.route ?? "")
        }
    }
}
