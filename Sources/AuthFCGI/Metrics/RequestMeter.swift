import AuthDomain

/// Counts requests by API and endpoint.
struct RequestMeter: Sendable {
    /// What a request is counted under.
    struct Label: Hashable, Sendable {
        let api: String
        /// The endpoint's path as its table has it; nil for what no endpoint has.
        let route: String?
    }

    /// By the place of their labels; a label has none when the scoreboard had no room for it.
    private let series: [(label: Label, series: RequestSeries?)]

    /// A meter for requests under these labels, and nothing else.
    init(_ labels: some Sequence<Label>, on scoreboard: Scoreboard) {
        series = labels.map { ($0, scoreboard.series("\($0.api)\n\($0.route ?? "")")) }
    }

    /// Counts an answer under the label at this place.
    func count(_ place: Int, _ status: HTTPStatus, _ duration: Duration) {
        guard series.indices.contains(place) else { return }
        series[place].series?.count(status, microseconds: Int(duration.microseconds))
    }

    /// All series, in the order of their labels.
    var all: [(label: Label, series: RequestSeries)] {
        series.compactMap { label, series in series.map { (label, $0) } }.sorted {
            ($0.label.api, $0.label.route ?? "") < ($1.label.api, $1.label.route ?? "")
        }
    }
}
