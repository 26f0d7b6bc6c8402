import AuthDomain
import Testing

@Suite struct TimestampRFC3339Tests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (951_868_800, "2000-03-01T00:00:00Z"),
            (1_709_208_000, "2024-02-29T12:00:00Z"), (1_798_761_599, "2026-12-31T23:59:59Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-2_203_891_200, "1900-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"), (-62_162_035_201, "0000-02-29T23:59:59Z"),
        ] as [(Int64, String)])
    func `a moment is written in UTC`(seconds: Int64, text: String) {
        #expect(Timestamp(microseconds: seconds * 1_000_000).rfc3339 == text)
        #expect(Timestamp(microseconds: seconds * 1_000_000 + 999_999).rfc3339 == text)
    }

    @Test func `a moment that cannot be written is the nearest that can`() {
        #expect(Timestamp(microseconds: .max).rfc3339 == "9999-12-31T23:59:59Z")
        #expect(Timestamp(microseconds: .min).rfc3339 == "0000-01-01T00:00:00Z")
    }
}
