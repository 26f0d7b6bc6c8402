import Logging

/// The log of one thread's requests: every line carries the id of the request that the thread is at. While it does something
/// for several at once, there is a line for each.
final class RequestLog {
    private let lines: LineLogHandler
    private let logger: Logger
    private let slow: Duration
    /// The present request's id; nil between requests.
    private var requestID: String?
    /// The ids of the requests for which something is done with the present one.
    private var otherIDs: ArraySlice<String> = []
    /// Answers whose lines are not written yet.
    private var answers: [AccessLine] = []
    private var gathers = false

    /// A log of these lines. Requests that take longer than `slow` are logged as warnings.
    init(_ lines: LineLogHandler, slow: Duration) {
        self.lines = lines
        logger = lines.logger
        self.slow = slow
    }

    /// Makes `id` the request that the following lines belong to.
    func begin(_ id: String) { (requestID, otherIDs) = (id, []) }

    /// Makes these the requests that the following lines belong to.
    func begin(_ ids: [String]) { (requestID, otherIDs) = (ids.first, ids.dropFirst()) }

    /// Ends the present request: the following lines belong to none.
    func end() {
        (requestID, otherIDs) = (nil, [])
    }

    /// Logs an event. Neither text nor fields may hold a password, code, token or cookie; addresses go through `Masking`.
    func log(_ level: Logger.Level, _ message: @autoclosure () -> String, _ fields: Logger.Metadata = [:]) {
        guard let requestID else { return logger.log(level: level, "\(message())", metadata: fields) }
        for id in [requestID] + otherIDs {
            logger.log(level: level, "\(message())", metadata: fields.merging(["rid": .string(id)]) { $1 })
        }
    }

    /// Whether the answer to a request that took so long is logged.
    func logsAnswer(after duration: Duration, isRoutine: Bool) -> Bool {
        level(after: duration, isRoutine) >= lines.logLevel
    }

    /// Logs that the present request was answered.
    func access(_ record: AccessRecord) {
        let level = level(after: record.duration, record.isRoutine)
        guard level >= lines.logLevel else { return }
        answers.append(AccessLine(level: level, requestID: requestID, record: record, isSlow: record.duration > slow))
        if !gathers { writeAnswers() }
    }

    /// Has the lines of requests that `body` answers be written together, after it.
    func gather(_ body: () -> Void) {
        gathers = true
        body()
        gathers = false
        writeAnswers()
    }

    private func writeAnswers() {
        lines.write(answers)
        answers.removeAll(keepingCapacity: true)
    }

    private func level(after duration: Duration, _ isRoutine: Bool) -> Logger.Level {
        duration > slow ? .warning : isRoutine ? .debug : .info
    }
}
