import Logging

/// A line that is being written.
struct LogText {
    private let format: Configuration.Log.Format
    private var octets: [UInt8]
    /// Where the line begins.
    private let start: Int
    /// Whether a field found no room; those that follow are left out as well.
    private var isFull = false

    /// The beginning of a line, behind others.
    init(
        _ line: LogLine, at time: LogTime, _ level: Logger.Level, _ message: String,
        behind others: consuming [UInt8] = []
    ) {
        format = line.format
        start = others.count
        octets = others
        if start == 0 { octets.reserveCapacity(512) }
        if line.isForJournal {
            octets.append("<")
            octets.append(decimal: level.journalPriority)
            octets.append(">")
        }
        if format == .json { octets.append(0x7B) }
        if !line.isForJournal {
            appendName("time")
            switch format {
            case .logfmt: time.append(to: &octets)
            case .json:
                octets.append(0x22)
                time.append(to: &octets)
                octets.append(0x22)
            }
            appendSeparator()
        }
        appendName("level")
        append(.text(level.rawValue))
        appendSeparator()
        appendName("msg")
        append(.text(message))
    }

    /// Adds a field, whose name is sound (`LogEscape.name`) and none that the line has.
    mutating func add(_ name: String, _ value: LogLine.Value) {
        if isFull { return }
        let end = octets.count
        appendSeparator()
        appendName(name)
        append(value)
        // 32 octets are room for the mark and the line's end.
        guard octets.count - start > LogLine.limit - 32 else { return }
        isFull = true
        octets.removeSubrange(end...)
        appendSeparator()
        appendName("truncated")
        append(.boolean(true))
    }

    /// The whole line, and those before it.
    consuming func end() -> [UInt8] {
        if format == .json { octets.append(0x7D) }
        octets.append(0x0A)
        return octets
    }

    private mutating func appendSeparator() {
        switch format {
        case .logfmt: octets.append(0x20)
        case .json: octets.append(0x2C)
        }
    }

    private mutating func appendName(_ name: String) {
        switch format {
        case .logfmt:
            octets.append(text: name)
            octets.append(0x3D)
        case .json:
            LogEscape.quote(name, to: &octets)
            octets.append(0x3A)
        }
    }

    private mutating func append(_ value: LogLine.Value) {
        switch (value, format) {
        case (.text(let text), .logfmt): LogEscape.bareOrQuoted(text, to: &octets)
        case (.text(let text), .json): LogEscape.quote(text, to: &octets)
        case (.integer(let number), _): octets.append(decimal: number)
        case (.boolean(let truth), _): octets.append(truth ? "true" : "false")
        }
    }
}
