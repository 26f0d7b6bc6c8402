import Logging

/// The log of one thread's requests: every line carries the id of the request that the thread is at.
final class RequestLog {
    private let lines: LineLogHandler
    private let logger: Logger
    private let slow: Duration
    /// The present request's id; nil between requests.
    private(set) var requestID: String?

    /// A log of these lines. Requests that take longer than `slow` are logged as warnings.
    init(_ lines: LineLogHandler, slow: Duration) {
        self.lines = lines
        logger = lines.logger
        self.slow = slow
    }

    /// Makes `id` the request that the following lines belong to.
    func begin(_ id: String) {
        requestID = id
    }

    /// Ends the present request: the following lines belong to none.
    func end() {
        requestID = nil
    }

    /// Logs an event. Neither text nor fields may hold a password, code, token or cookie; addresses go through `Masking`.
    func log(_ level: Logger.Level, _ message: @autoclosure () -> String, _ fields: Logger.Metadata = [:]) {
        var fields = fields
        if let requestID { fields["rid"] = .string(requestID) }
        logger.log(level: level, "\(message())", metadata: fields)
    }

    /// Logs that a request was answered. Of all lines this one is written most, so its fields are in order already.
    func access(_ record: AccessRecord) {
        let isSlow = record.duration > slow
        let level: Logger.Level = isSlow ? .warning : record.isRoutine ? .debug : .info
        guard level >= lines.logLevel else { return }
        let (seconds, attoseconds) = record.duration.components
        let microseconds =
            Int(seconds).multipliedReportingOverflow(by: 1_000_000).partialValue
            &+ Int(attoseconds / 1_000_000_000_000)
        var fields: [(name: String, value: LogLine.Value)] = []
        fields.reserveCapacity(10)
        if let requestID { fields.append(("rid", .text(requestID))) }
        fields.append(("api", .text(record.api)))
        fields.append(("method", .text(record.method)))
        fields.append(("outcome", .text(record.outcome)))
        if let realm = record.realm { fields.append(("realm", .text(realm))) }
        if let address = record.remoteAddress { fields.append(("remote", .text(address))) }
        fields.append(("route", .text(record.route ?? "-")))
        if isSlow { fields.append(("slow", .boolean(true))) }
        fields.append(("status", .integer(record.status)))
        fields.append(("us", .integer(microseconds)))
        lines.write(level, "request", fields)
    }
}
