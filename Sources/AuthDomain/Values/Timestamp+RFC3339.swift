extension Timestamp {
    private static let secondsPerDay: Int64 = 86_400
    /// The first and the last second of the years that have four digits: 0000 and 9999.
    private static let writable: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// The moment to the second as clients read it (RFC 3339, 5.6), in UTC: `2026-12-31T23:59:59Z`. A moment outside
    /// the years 0000 to 9999 is the nearest within.
    package var rfc3339: String {
        let octets = rfc3339Octets
        return unsafe octets.span.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The octets of that text.
    package var rfc3339Octets: InlineArray<20, UInt8> {
        let second = min(max(seconds, Self.writable.lowerBound), Self.writable.upperBound)
        let (quotient, remainder) = second.quotientAndRemainder(dividingBy: Self.secondsPerDay)
        let (days, time) = remainder < 0 ? (quotient - 1, remainder + Self.secondsPerDay) : (quotient, remainder)
        let (year, month, day) = Self.date(ofDay: days)
        return InlineArray { text in
            Self.append(year / 100, then: nil, to: &text)
            Self.append(year % 100, then: "-", to: &text)
            Self.append(month, then: "-", to: &text)
            Self.append(day, then: "T", to: &text)
            Self.append(time / 3_600, then: ":", to: &text)
            Self.append(time / 60 % 60, then: ":", to: &text)
            Self.append(time % 60, then: "Z", to: &text)
        }
    }

    /// The date of the Gregorian calendar that is so many days after 1970-01-01. Years are counted from March, so that
    /// a leap day is the last of its year, in eras of 400 years, which are all alike.
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let daysOfEra: Int64 = 146_097
        let sinceMarch0000 = day + 719_468
        let era = (sinceMarch0000 >= 0 ? sinceMarch0000 : sinceMarch0000 - daysOfEra + 1) / daysOfEra
        let dayOfEra = sinceMarch0000 - era * daysOfEra
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// Two digits, and what follows them.
    private static func append(_ number: Int64, then sign: Unicode.Scalar?, to text: inout OutputSpan<UInt8>) {
        text.append(0x30 &+ UInt8(truncatingIfNeeded: number / 10))
        text.append(0x30 &+ UInt8(truncatingIfNeeded: number % 10))
        if let sign { text.append(UInt8(truncatingIfNeeded: sign.value)) }
    }
}
