import Logging

/// The line that says that a request was answered. Of all lines this one is written most: its fields are in order already, and
/// no two have one name.
struct AccessLine: Sendable {
    let level: Logger.Level
    /// Nil for a request that never had an id.
    let requestID: String?
    let record: AccessRecord
    /// Whether that took longer than is usual.
    let isSlow: Bool

    /// Adds the line's fields.
    func add(to text: inout LogText) {
        if let requestID { text.add("rid", .text(requestID)) }
        text.add("api", .text(record.api))
        text.add("method", .text(record.method))
        text.add("outcome", .text(record.outcome))
        if let realm = record.realm { text.add("realm", .text(realm)) }
        if let address = record.remoteAddress { text.add("remote", .text(address)) }
        text.add("route", .text(record.route ?? "-"))
        if isSlow { text.add("slow", .boolean(true)) }
        text.add("status", .integer(record.status))
        text.add("us", .integer(record.microseconds))
    }
}
