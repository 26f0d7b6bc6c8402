/// One thing that is wrong with the configuration.
struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// Where a value was written.
    struct Place: Hashable, Sendable, CustomStringConvertible {
        /// A file's path, or "environment NAME".
        let source: String
        /// Counted from 1; nil where a source has no lines or the line is not known.
        var line: Int?

        /// "FILE:LINE" or "FILE".
        var description: String { line.map { "\(source):\($0)" } ?? source }
    }

    let place: Place
    /// "[section] key", "[section]", or nil when it is the whole source.
    var subject: String?
    let message: String

    /// "FILE:LINE: [section] key: what is wrong; what is accepted".
    var description: String {
        subject.map { "\(place): \($0): \(message)" } ?? "\(place): \(message)"
    }
}
