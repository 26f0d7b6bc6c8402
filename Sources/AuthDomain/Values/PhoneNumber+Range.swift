/// The ranges of numbers that a number is in.
extension PhoneNumber {
    /// `+` and the first seven digits: at most a hundred thousand numbers where they have twelve digits, which is what
    /// operators are given at once and what is rented to be texted.
    package var range: String { String(key.prefix(Self.rangeLength)) }

    /// How many octets `range` has; `country` has fewer.
    package static let rangeLength = 8

    /// `+` and the country's calling code: one digit in the zones 1 and 7, two where the first two are a code, else
    /// three (ITU-T E.164, annex D).
    package var country: String {
        let digits = key.dropFirst()
        if digits.hasPrefix("1") || digits.hasPrefix("7") { return String(key.prefix(2)) }
        return String(key.prefix(Self.twoDigitCodes.contains(String(digits.prefix(2))) ? 3 : 4))
    }

    private static let twoDigitCodes: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ]
}
