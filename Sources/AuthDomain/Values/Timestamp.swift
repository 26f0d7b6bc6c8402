/// A moment in UTC: whole microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The moment `duration` later; stays at the last (or first) moment that can be told instead of overflowing.
    package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        let (sum, overflowed) = moment.microseconds.addingReportingOverflow(duration.microseconds)
        guard overflowed else { return Timestamp(microseconds: sum) }
        return Timestamp(microseconds: duration.microseconds > 0 ? .max : .min)
    }

    /// The moment `duration` earlier, within the moments that can be told.
    package static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        moment + (.zero - duration)
    }

    /// How long after `earlier` this moment is; negative when it is before.
    package func since(_ earlier: Timestamp) -> Duration {
        let (difference, overflowed) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        return .microseconds(overflowed ? (microseconds > 0 ? .max : .min) : difference)
    }
}

extension Duration {
    /// Whole microseconds, within what 64 bits hold.
    package var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflowed else { return seconds > 0 ? .max : .min }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return carried ? (seconds > 0 ? .max : .min) : sum
    }

    /// Whole seconds, rounded up, at least one: what a `Retry-After` says (RFC 9110, 10.2.3).
    package var retryAfterSeconds: Int64 {
        let (seconds, attoseconds) = components
        return max(1, attoseconds > 0 ? seconds + 1 : seconds)
    }
}
