import Logging

/// One event as one line of at most 8 KiB, its end included.
struct LogLine: Sendable {
    /// A field's value. Numbers and truths stand without quotes in JSON.
    enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int)
        case boolean(Bool)
    }

    /// Octets of a line.
    static let limit = 8192
    /// What the line names itself; a field of such a name is renamed.
    static let ownNames: Set<String> = ["time", "level", "msg", "truncated"]

    let format: Configuration.Log.Format
    /// Whether the journal reads along: it has times of its own, and takes the level from a prefix (sd-daemon(3)).
    let isForJournal: Bool

    /// The octets of a line. Fields that find no room are left out, and `truncated` says so.
    func octets(
        at time: LogTime, _ level: Logger.Level, _ message: String, _ fields: [(name: String, value: Value)]
    ) -> [UInt8] {
        var line: [UInt8] = isForJournal ? Array("<\(level.journalPriority)>".utf8) : []
        if format == .json { line.append(0x7B) }
        let start = line.count
        if !isForJournal { append("time", .text(time.text), to: &line, isFirst: true) }
        append("level", .text(level.rawValue), to: &line, isFirst: line.count == start)
        append("msg", .text(message), to: &line, isFirst: false)
        var names: Set<String> = []
        for field in fields {
            var name = LogEscape.name(field.name)
            while !names.insert(name).inserted { name = "_" + name }
            var next: [UInt8] = []
            append(name, field.value, to: &next, isFirst: false)
            // 32 octets are room for the mark and the line's end.
            if line.count + next.count > Self.limit - 32 {
                append("truncated", .boolean(true), to: &line, isFirst: false)
                break
            }
            line += next
        }
        if format == .json { line.append(0x7D) }
        line.append(0x0A)
        return line
    }

    private func append(_ name: String, _ value: Value, to line: inout [UInt8], isFirst: Bool) {
        switch format {
        case .logfmt:
            if !isFirst { line.append(0x20) }
            line += Array(name.utf8) + [0x3D]
        case .json:
            if !isFirst { line.append(0x2C) }
            line += LogEscape.quoted(name) + [0x3A]
        }
        switch (value, format) {
        case (.text(let text), .logfmt): line += LogEscape.bareOrQuoted(text)
        case (.text(let text), .json): line += LogEscape.quoted(text)
        case (.integer(let number), _): line += Array("\(number)".utf8)
        case (.boolean(let truth), _): line += Array((truth ? "true" : "false").utf8)
        }
    }
}
