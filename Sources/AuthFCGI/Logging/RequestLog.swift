import Logging

/// The log of one thread's requests: every line carries the id of the request that the thread is at.
final class RequestLog {
    private let base: Logger
    private let slow: Duration
    private var logger: Logger
    /// The present request's id; nil between requests.
    private(set) var requestID: String?

    /// A log that writes by `logger`. Requests that take longer than `slow` are logged as warnings.
    init(_ logger: Logger, slow: Duration) {
        base = logger
        self.logger = logger
        self.slow = slow
    }

    /// Makes `id` the request that the following lines belong to.
    func begin(_ id: String) {
        requestID = id
        logger[metadataKey: "rid"] = .string(id)
    }

    /// Ends the present request: the following lines belong to none.
    func end() {
        requestID = nil
        logger = base
    }

    /// Logs an event. Neither text nor fields may hold a password, code, token or cookie; addresses go through `Masking`.
    func log(_ level: Logger.Level, _ message: @autoclosure () -> String, _ fields: Logger.Metadata = [:]) {
        logger.log(level: level, "\(message())", metadata: fields)
    }

    /// Logs that a request was answered.
    func access(_ record: AccessRecord) {
        let isSlow = record.duration > slow
        let (seconds, attoseconds) = record.duration.components
        let microseconds =
            Int(seconds).multipliedReportingOverflow(by: 1_000_000).partialValue
            &+ Int(attoseconds / 1_000_000_000_000)
        var fields: Logger.Metadata = [
            "method": .string(record.method), "route": .string(record.route ?? "-"),
            "status": .stringConvertible(record.status), "us": .stringConvertible(microseconds),
            "api": .string(record.api), "outcome": .string(record.outcome),
        ]
        if let realm = record.realm { fields["realm"] = .string(realm) }
        if let address = record.remoteAddress { fields["remote"] = .string(address) }
        if isSlow { fields["slow"] = .stringConvertible(true) }
        logger.log(level: isSlow ? .warning : .info, "request", metadata: fields)
    }
}
