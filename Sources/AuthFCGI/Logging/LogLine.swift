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
        var text = LogText(self, at: time, level, message)
        var names: [String] = []
        for field in fields {
            var name = LogEscape.name(field.name)
            while names.contains(name) { name = "_" + name }
            names.append(name)
            text.add(name, field.value)
        }
        return text.end()
    }
}
