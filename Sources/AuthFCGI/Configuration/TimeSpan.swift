/// Spans of time as the configuration writes them; the finest is a millisecond.
enum TimeSpan {
    private static let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)]

    /// The span of "15m"; nil for anything else.
    static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let count = Digits.number(digits), let unit = units.first(where: { $0.0 == suffix }) else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.1)
        return overflow ? nil : .milliseconds(milliseconds)
    }

    /// The shortest text of a span.
    static func text(_ span: Duration) -> String {
        let (seconds, attoseconds) = span.components
        let milliseconds =
            Int(seconds).multipliedReportingOverflow(by: 1000).partialValue
            &+ Int(attoseconds / 1_000_000_000_000_000)
        for (unit, size) in units where milliseconds >= size && milliseconds.isMultiple(of: size) {
            return "\(milliseconds / size)\(unit)"
        }
        return "\(milliseconds)ms"
    }
}
