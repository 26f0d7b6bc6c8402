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
        var seconds = time_t(seconds)
        var parts = unsafe tm()
        guard unsafe gmtime_r(&seconds, &parts) != nil else { return "1970-01-01T00:00:00.000Z" }
        let date = "\(Self.padded(Int(unsafe parts.tm_year) + 1900, 4))-\(Self.padded(Int(unsafe parts.tm_mon) + 1, 2))"
        let day = Self.padded(Int(unsafe parts.tm_mday), 2)
        let time = [unsafe parts.tm_hour, unsafe parts.tm_min, unsafe parts.tm_sec].map { Self.padded(Int($0), 2) }
        return "\(date)-\(day)T\(time.joined(separator: ":")).\(Self.padded(milliseconds, 3))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
