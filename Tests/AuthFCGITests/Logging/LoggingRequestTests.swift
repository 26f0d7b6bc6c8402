import Logging
import Testing

@testable import AuthFCGI

/// What is logged of requests.
struct LoggingRequestTests {
    private let pipe: LoggingPipe

    init() throws { pipe = try LoggingPipe() }

    private func lines(_ level: Logger.Level = .info, format: Configuration.Log.Format = .logfmt) -> LineLogHandler {
        LineLogHandler(
            LogLine(format: format, isForJournal: false), to: LogOutput(descriptor: pipe.writer), level: level,
            now: { LogTime(seconds: 0) })
    }

    private static func record(_ duration: Duration, route: String? = "/user/reset/:token") -> AccessRecord {
        AccessRecord(
            method: "POST", route: route, status: 401, duration: duration, api: "ride", realm: "riders",
            remoteAddress: "192.0.2.1", outcome: "refused: wrong code")
    }

    @Test func `every line of a request carries its id, and none after it`() {
        let log = RequestLog(lines(), slow: .seconds(1))
        log.log(.info, "before")
        log.begin("r-1")
        log.log(.error, "during", ["a": "b c", "n": .stringConvertible(3)])
        log.end()
        log.log(.info, "after")
        #expect(
            pipe.lines() == [
                "time=1970-01-01T00:00:00.000Z level=info msg=before",
                #"time=1970-01-01T00:00:00.000Z level=error msg=during rid=r-1 a="b c" n=3"#,
                "time=1970-01-01T00:00:00.000Z level=info msg=after",
            ])
    }

    @Test func `what is done for several requests at once has a line for each`() {
        let log = RequestLog(lines(), slow: .seconds(1))
        log.begin(["r-1", "r-2"])
        log.log(.error, "during", ["a": "b"])
        log.begin("r-2")
        log.log(.info, "then")
        #expect(
            pipe.lines() == [
                "time=1970-01-01T00:00:00.000Z level=error msg=during rid=r-1 a=b",
                "time=1970-01-01T00:00:00.000Z level=error msg=during rid=r-2 a=b",
                "time=1970-01-01T00:00:00.000Z level=info msg=then rid=r-2",
            ])
    }

    @Test func `a request that was answered is one line`() {
        let log = RequestLog(lines(), slow: .milliseconds(500))
        log.begin("r-2")
        log.access(Self.record(.microseconds(1234)))
        #expect(
            pipe.lines() == [
                "time=1970-01-01T00:00:00.000Z level=info msg=request rid=r-2 api=ride method=POST "
                    + #"outcome="refused: wrong code" realm=riders remote=192.0.2.1 route=/user/reset/:token "#
                    + "status=401 us=1234"
            ])
    }

    @Test func `a slow request is a warning, also where answers are not logged`() {
        let log = RequestLog(lines(.warning), slow: .milliseconds(500))
        log.begin("r-3")
        log.access(Self.record(.milliseconds(500)))
        log.access(Self.record(.milliseconds(501), route: nil))
        let lines = pipe.lines()
        #expect(lines.count == 1)
        #expect(lines.first?.contains("level=warning msg=request rid=r-3 ") == true)
        #expect(lines.first?.contains(" route=- slow=true status=401 us=501000") == true)
    }

    @Test func `requests that are answered together are logged afterwards, by one write`() {
        pipe.keepWritesApart()
        let log = RequestLog(lines(), slow: .seconds(1))
        log.gather {
            for id in ["r-1", "r-2", "r-3"] {
                log.begin(id)
                log.access(Self.record(.microseconds(7)))
                log.end()
            }
            #expect(pipe.next().isEmpty)
        }
        let written = String(decoding: pipe.next(), as: UTF8.self).split(separator: "\n")
        #expect(written.map { $0.contains("level=info msg=request rid=r-") } == [true, true, true])
        #expect(zip(written, 1...).allSatisfy { line, number in line.contains(" rid=r-\(number) api=ride ") })
        #expect(pipe.next().isEmpty)
        log.access(Self.record(.microseconds(8)))
        #expect(pipe.lines().count == 1)
    }

    @Test func `together is written what a pipe takes whole, and no line less`() {
        pipe.keepWritesApart()
        let log = RequestLog(lines(), slow: .seconds(1))
        let lengths = [10, 1000, 1000, 1000, 1000, 10]
        log.gather {
            for length in lengths {
                log.access(Self.record(.zero, route: "/" + String(repeating: "x", count: length)))
            }
        }
        var writes: [[UInt8]] = []
        while case let octets = pipe.next(), !octets.isEmpty { writes.append(octets) }
        #expect(writes.allSatisfy { $0.count <= LogLine.limit && $0.last == 0x0A })
        #expect(writes.map { octets in octets.count { $0 == 0x0A } } == [4, 2])
    }

    @Test func `lines that were lost together are counted one by one`() throws {
        let pipe = try LoggingPipe(isBlocking: false)
        pipe.resize(4096)
        let output = LogOutput(descriptor: pipe.writer)
        let log = RequestLog(
            LineLogHandler(LogLine(format: .logfmt, isForJournal: false), to: output, level: .info), slow: .seconds(1))
        output.write { _ in [UInt8](repeating: 0x61, count: 4095) + [0x0A] }
        log.gather { for _ in 0..<3 { log.access(Self.record(.zero)) } }
        _ = pipe.drain()
        log.gather { for _ in 0..<2 { log.access(Self.record(.zero)) } }
        let lines = pipe.lines()
        #expect(lines.map { $0.contains(" msg=request dropped=3 api=ride ") } == [true, false])
        #expect(lines.map { $0.contains("dropped") } == [true, false])
    }

    @Test func `numbers and truths are such in JSON`() {
        let log = RequestLog(lines(format: .json), slow: .milliseconds(500))
        log.begin("r\"\n")
        log.log(.notice, "m", ["n": .stringConvertible(3), "t": .stringConvertible(true), "l": ["a", "b"]])
        #expect(
            pipe.lines() == [
                #"{"time":"1970-01-01T00:00:00.000Z","level":"notice","msg":"m","rid":"r\"\n","l":"[\"a\", \"b\"]","n":3,"t":true}"#
            ])
    }

    @Test(arguments: zip(Configuration.Log.Level.allCases, [7, 7, 6, 5, 4, 3, 2]))
    func `a level lets through what is as grave and graver`(level: Configuration.Log.Level, priority: Int) {
        let logger = lines(Logger.Level(level)).logger
        for level in Logger.Level.allCases { logger.log(level: level, "m") }
        let place = Configuration.Log.Level.allCases.firstIndex(of: level) ?? 0
        #expect(pipe.lines().count == Logger.Level.allCases.count - place)
        #expect(Logger.Level(level).rawValue == level.rawValue)
        #expect(Logger.Level(level).journalPriority == priority)
    }
}
