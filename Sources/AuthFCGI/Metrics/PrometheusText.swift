/// Metrics in the text format of Prometheus, version 0.0.4.
struct PrometheusText {
    /// Its media type.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What kind a metric is of.
    enum Kind: String { case counter, gauge, histogram }

    /// The text so far.
    private(set) var octets: [UInt8] = []

    /// Begins a metric.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        octets += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8
    }

    /// A sample of the metric that was begun. Neither names nor values of labels may hold quotes, backslashes or line
    /// ends.
    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String> = [:], _ value: String) {
        let list = labels.map { #"\#($0.key)="\#($0.value)""# }.joined(separator: ",")
        octets += (list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n").utf8
    }

    /// A metric of one whole number.
    mutating func number(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        begin(name, kind, help)
        sample(name, [:], "\(value)")
    }

    /// Microseconds as seconds.
    static func seconds(_ microseconds: Int) -> String { "\(Double(microseconds) / 1_000_000)" }
}
