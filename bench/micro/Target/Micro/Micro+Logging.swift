import AuthDomain
import Glibc
import Logging

extension Micro {
    /// The line of an answered request, in both forms, with and without its write(2) to /dev/null.
    static func logging(_ watch: inout Stopwatch) throws {
        let record = AccessRecord(
            method: "GET", route: "/user/session", status: 200, duration: .microseconds(345), api: "compass",
            realm: nil,
            remoteAddress: "192.0.2.7", outcome: "answered")
        let fields: [(name: String, value: LogLine.Value)] = [
            ("rid", .text("0123456789abcdef0123456789abcdef")), ("api", .text("compass")), ("method", .text("GET")),
            ("outcome", .text("answered")), ("remote", .text("192.0.2.7")), ("route", .text("/user/session")),
            ("status", .integer(200)), ("us", .integer(345)),
        ]
        let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nowhere >= 0 else { throw Unusable() }
        defer { close(nowhere) }
        for (name, format) in [("logfmt", Configuration.Log.Format.logfmt), ("JSON", .json)] {
            let line = LogLine(format: format, isForJournal: false)
            watch.measure("log line, \(name), its octets") {
                line.octets(at: LogTime.now, .info, "request", fields).count
            }
            let log = RequestLog(
                LineLogHandler(line, to: LogOutput(descriptor: nowhere), level: .info), slow: .seconds(1))
            log.begin("0123456789abcdef0123456789abcdef")
            watch.measure("log line, \(name), written") {
                log.access(record)
                return 1
            }
        }
    }
}
