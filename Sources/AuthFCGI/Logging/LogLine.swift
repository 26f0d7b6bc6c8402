import Logging

/// One event as one line of at most 4 KiB, its end included: what a pipe takes whole (pipe(7), PIPE_BUF).
struct LogLine: Sendable {
    /// A field's value. Numbers and truths stand without quotes in JSON.
    enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int)
        case boolean(Bool)
    }

    /// Octets of a line.
    static let limit = 4096
    /// What the line names itself; a field of such a name is renamed.
    static let ownNames: Set<String> = ["time", "level", "msg", "truncated"]

    let format: Configuration.Log.Format
    /// Whether the journal reads along: it has times of its own, and takes the level from a prefix (sd-daemon(3)).
    let isForJournal: Bool

    /// The octets of a line. Fields that find no room are left out, and `truncated` says so.
    func octets(
        at time: LogTime, _ level: Logger.Level, _ message: String, _ fields: [(name: String, value: Value)]
    ) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        if isForJournal { line += "<\(level.journalPriority)>".utf8 }
        if format == .json { line.append(0x7B) }
        let start = line.count
        if !isForJournal { append("time", .text(time.text), to: &line, isFirst: true) }
        append("level", .text(level.rawValue), to: &line, isFirst: line.count == start)
        append("msg", .text(message), to: &line, isFirst: false)
        var names: [String] = []
        for field in fields {
            var name = LogEscape.name(field.name)
            while names.contains(name) { name = "_" + name }
            names.append(name)
            let end = line.count
            append(name, field.value, to: &line, isFirst: false)
            // 32 octets are room for the mark and the line's end.
            if line.count > Self.limit - 32 {
                line.removeSubrange(end...)
                append("truncated", .boolean(true), to: &line, isFirst: false)
                break
            }
        }
        if format == .json { line.append(0x7D) }
        line.append(0x0A)
        return line
    }

    private func append(_ name: String, _ value: Value, to line: inout [UInt8], isFirst: Bool) {
        switch format {
        case .logfmt:
            if !isFirst { line.append(0x20) }
            line += name.utf8
            line.append(0x3D)
        case .json:
            if !isFirst { line.append(0x2C) }
            LogEscape.quote(name, to: &line)
            line.append(0x3A)
        }
        switch (value, format) {
        case (.text(let text), .logfmt): LogEscape.bareOrQuoted(text, to: &line)
        case (.text(let text), .json): LogEscape.quote(text, to: &line)
        case (.integer(let number), _): line += "\(number)".utf8
        case (.boolean(let truth), _): line += (truth ? "true" : "false").utf8
        }
    }
}
