import Foundation
import Testing

@testable import AuthFCGI

struct MariaDBCivilTimeTests {
    @Test(
        arguments: [
            (0, 1970, 1, 1), (-1, 1969, 12, 31), (951_782_400_000_000, 2000, 2, 29),
            (CivilTime.range.lowerBound, 1, 1, 1),
            (CivilTime.range.upperBound, 9999, 12, 31), (4_107_542_400_000_000, 2100, 3, 1),
        ] as [(Int64, UInt32, UInt32, UInt32)])
    func `a moment has its date and the date its moment`(
        microseconds: Int64, year: UInt32, month: UInt32, day: UInt32
    ) throws {
        let civil = try #require(CivilTime(microseconds: microseconds))
        #expect((civil.year, civil.month, civil.day) == (year, month, day))
        #expect(civil.microseconds == microseconds)
    }

    /// The calendar repeats itself every 400 years.
    @Test(arguments: [UInt32(1)...801, 9599...9999])
    func `every day follows the one before`(years: ClosedRange<UInt32>) throws {
        var expected = try #require(CivilTime(year: years.lowerBound, month: 1, day: 1)).microseconds
        var wrong = 0
        for year in years {
            for month in UInt32(1)...12 {
                for day in UInt32(1)...31 {
                    guard let civil = CivilTime(year: year, month: month, day: day) else { continue }
                    if civil.microseconds != expected || CivilTime(microseconds: expected) != civil { wrong += 1 }
                    expected += 86_400_000_000
                }
            }
        }
        #expect(wrong == 0)
        let next = CivilTime(year: years.upperBound + 1, month: 1, day: 1)?.microseconds
        #expect(expected == next ?? CivilTime.range.upperBound + 1)
    }

    @Test(arguments: [Int64.min, CivilTime.range.lowerBound - 1, CivilTime.range.upperBound + 1, Int64.max])
    func `outside the years 1 to 9999 there is no date`(microseconds: Int64) {
        #expect(CivilTime(microseconds: microseconds) == nil)
    }

    @Test func `a date that the calendar has not is none`() {
        #expect(CivilTime(year: 2023, month: 2, day: 29) == nil)
        #expect(CivilTime(year: 1900, month: 2, day: 29) == nil)
        #expect(CivilTime(year: 0, month: 1, day: 1) == nil)
        #expect(CivilTime(year: 2023, month: 4, day: 31) == nil)
        #expect(CivilTime(year: 2023, month: 4, day: 30, second: 60) == nil)
    }
}
