/// Sizes as the configuration writes them.
enum OctetCount {
    private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    /// The octets of "64KiB"; nil for anything else.
    static func parse(_ text: String) -> Int? {
        for (unit, size) in units where text.hasSuffix(unit) {
            guard let count = Digits.number(text.dropLast(unit.utf8.count)) else { return nil }
            let (octets, overflow) = count.multipliedReportingOverflow(by: size)
            return overflow ? nil : octets
        }
        return nil
    }

    /// The shortest text of a size.
    static func text(_ octets: Int) -> String {
        for (unit, size) in units where octets >= size && octets.isMultiple(of: size) {
            return "\(octets / size)\(unit)"
        }
        return "\(octets)B"
    }
}
