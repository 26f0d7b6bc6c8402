import CSystem
import Glibc

/// A moment, to the millisecond.
struct LogTime: Sendable {
    private let seconds: Int
    private let milliseconds: Int

    /// A moment after 1970 began in UTC.
    init(seconds: Int, milliseconds: Int = 0) {
        self.seconds = seconds
        self.milliseconds = milliseconds
    }

    /// The present moment by the system's clock.
    static var now: LogTime {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return LogTime(seconds: 0) }
        return LogTime(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// RFC 3339 in UTC: "2026-01-31T12:00:00.123Z".
    var text: String {
        var octets: [UInt8] = []
        append(to: &octets)
        return String(decoding: octets, as: UTF8.self)
    }

    /// Appends `text`.
    func append(to text: inout [UInt8]) {
        var seconds = time_t(seconds)
        var parts = unsafe tm()
        guard unsafe gmtime_r(&seconds, &parts) != nil else { return text.append("1970-01-01T00:00:00.000Z") }
        Self.append(unsafe parts.tm_year + 1900, from: 1000, then: "-", to: &text)
        Self.append(unsafe parts.tm_mon + 1, from: 10, then: "-", to: &text)
        Self.append(unsafe parts.tm_mday, from: 10, then: "T", to: &text)
        Self.append(unsafe parts.tm_hour, from: 10, then: ":", to: &text)
        Self.append(unsafe parts.tm_min, from: 10, then: ":", to: &text)
        Self.append(unsafe parts.tm_sec, from: 10, then: ".", to: &text)
        Self.append(Int32(clamping: milliseconds), from: 100, then: "Z", to: &text)
    }

    /// Appends the digits of a number from the one worth `greatest` on, and what follows them.
    private static func append(_ number: Int32, from greatest: Int32, then mark: Unicode.Scalar, to text: inout [UInt8])
    {
        var worth = greatest
        while worth > 0 {
            text.append(UInt8(clamping: 0x30 + number / worth % 10))
            worth /= 10
        }
        text.append(UInt8(ascii: mark))
    }
}
