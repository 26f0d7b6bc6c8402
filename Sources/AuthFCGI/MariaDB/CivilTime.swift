/// A moment of the proleptic Gregorian calendar in UTC, as DATETIME(6) keeps it, and its count of microseconds since
/// 1970. Years 1 to 9999.
struct CivilTime: Equatable, Sendable {
    var year: UInt32
    var month: UInt32
    var day: UInt32
    var hour: UInt32
    var minute: UInt32
    var second: UInt32
    var microsecond: UInt32

    /// 0001-01-01 00:00:00.000000 to 9999-12-31 23:59:59.999999, in microseconds since 1970.
    static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    private static let microsecondsADay: Int64 = 86_400_000_000
    /// Days from 0000-03-01, where the calendar's 400-year cycle is counted from, to 1970-01-01.
    private static let epochDay: Int64 = 719_468

    /// The fields of a moment; nil outside the range.
    init?(microseconds: Int64) {
        guard Self.range.contains(microseconds) else { return nil }
        var days = microseconds / Self.microsecondsADay
        var rest = microseconds % Self.microsecondsADay
        if rest < 0 {
            rest += Self.microsecondsADay
            days -= 1
        }
        // Years begin in March here, so that a leap day is the last of its year.
        let shifted = days + Self.epochDay
        let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = UInt32(clamping: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0))
        self.month = UInt32(clamping: month)
        day = UInt32(clamping: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        hour = UInt32(clamping: rest / 3_600_000_000)
        minute = UInt32(clamping: rest / 60_000_000 % 60)
        second = UInt32(clamping: rest / 1_000_000 % 60)
        microsecond = UInt32(clamping: rest % 1_000_000)
    }

    /// The moment of these fields; nil when there is none.
    init?(
        year: UInt32, month: UInt32, day: UInt32, hour: UInt32 = 0, minute: UInt32 = 0, second: UInt32 = 0,
        microsecond: UInt32 = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year),
            hour < 24, minute < 60, second < 60, microsecond < 1_000_000
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second, self.microsecond) = (hour, minute, second, microsecond)
    }

    /// Microseconds since 1970-01-01 00:00:00 UTC.
    var microseconds: Int64 {
        let marchYear = Int64(year) - (month <= 2 ? 1 : 0)
        let cycle = marchYear / 400
        let yearOfCycle = marchYear - cycle * 400
        let marchMonth = Int64(month) + (month > 2 ? -3 : 9)
        let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        let days = cycle * 146_097 + dayOfCycle - Self.epochDay
        let seconds = days * 86_400 + Int64(hour) * 3_600 + Int64(minute) * 60 + Int64(second)
        return seconds * 1_000_000 + Int64(microsecond)
    }

    private static func days(inMonth month: UInt32, of year: UInt32) -> UInt32 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
