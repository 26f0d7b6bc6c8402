extension ConfigurationForm where Value == String {
    /// A text without control characters that `isValid` holds for.
    static func text(
        _ noun: String, accepted: String, octets: ClosedRange<Int> = 1...1024, isRepeatable: Bool = true,
        where isValid: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> Self {
        parsed(
            noun, accepted: accepted, isRepeatable: isRepeatable,
            parse: { octets.contains($0.utf8.count) && !hasControls($0) && isValid($0) ? $0 : nil }, text: { $0 })
    }

    /// An absolute path.
    static var path: Self {
        text("absolute path", accepted: "an absolute path", octets: 1...4095) { $0.utf8.first == 0x2F }
    }

    /// A realm's name.
    static var realm: Self {
        text("realm", accepted: "1 to 64 letters, digits, dots, dashes and underscores", octets: 1...64) {
            $0.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
        }
    }

    /// A name that the system or the database knows something by.
    static func name(_ noun: String) -> Self {
        text(noun, accepted: "1 to 64 letters, digits, dashes and underscores", octets: 1...64) {
            $0.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
        }
    }

    /// Whether a text has a C0 or C1 control or DEL.
    static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }

    /// Whether an octet is an ASCII letter or digit.
    static func isAlphanumeric(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
