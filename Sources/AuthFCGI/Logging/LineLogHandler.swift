import Logging

/// Writes each event as one line.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let line: LogLine
    private let output: LogOutput
    private let now: @Sendable () -> LogTime

    /// A handler that writes to `output` what is of `level` or graver.
    init(
        _ line: LogLine, to output: LogOutput, level: Logger.Level,
        now: @escaping @Sendable () -> LogTime = { LogTime.now }
    ) {
        self.line = line
        self.output = output
        self.now = now
        logLevel = level
    }

    /// The service's: to the standard error stream, as the configuration wants it.
    init(_ log: Configuration.Log, environment: [String: String]) {
        let isForJournal = LogOutput.isJournal(2, environment: environment)
        self.init(
            LogLine(format: log.format, isForJournal: isForJournal), to: .standardError, level: Logger.Level(log.level))
    }

    /// A logger of these lines.
    var logger: Logger { Logger(label: "authfcgi") { _ in self } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        // The request's id comes first.
        let rid = all.removeValue(forKey: "rid").map { [(name: "rid", value: Self.value($0))] } ?? []
        var fields = rid + all.sorted { $0.key < $1.key }.map { (name: $0.key, value: Self.value($0.value)) }
        if let error = event.error { fields.append((name: "error", value: LogLine.Value.text("\(error)"))) }
        output.write { dropped in
            let lost = dropped > 0 ? [(name: "dropped", value: LogLine.Value.integer(dropped))] : []
            return line.octets(at: now(), event.level, event.message.description, lost + fields)
        }
    }

    /// Writes that requests were answered, whatever the levels: as many lines at once as a pipe takes whole.
    func write(_ answers: [AccessLine]) {
        var rest = answers[...]
        while !rest.isEmpty {
            output.write { dropped in
                var octets: [UInt8] = []
                octets.reserveCapacity(min(512 * rest.count, LogLine.limit))
                while let answer = rest.first {
                    let end = octets.count
                    var text = LogText(line, at: now(), answer.level, "request", behind: consume octets)
                    if dropped > 0, end == 0 { text.add("dropped", .integer(dropped)) }
                    answer.add(to: &text)
                    octets = text.end()
                    if end > 0, octets.count > LogLine.limit {
                        octets.removeSubrange(end...)
                        break
                    }
                    rest = rest.dropFirst()
                }
                return octets
            }
        }
    }

    private static func value(_ value: Logger.Metadata.Value) -> LogLine.Value {
        switch value {
        case .string(let text): .text(text)
        case .stringConvertible(let number as Int): .integer(number)
        case .stringConvertible(let truth as Bool): .boolean(truth)
        case .stringConvertible, .array, .dictionary: .text(value.description)
        }
    }
}
