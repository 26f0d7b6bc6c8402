extension String {
    /// Whether all octets of the text in UTF-8 are as they must be.
    @inline(__always)
    func hasOctets(only isAllowed: (UInt8) -> Bool) -> Bool {
        let octets = utf8.span
        for index in octets.indices where !isAllowed(octets[index]) { return false }
        return true
    }
}

extension [UInt8] {
    /// Appends the octets of a literal.
    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { octets in unsafe append(contentsOf: octets) }
    }

    /// Appends the octets of a text in UTF-8.
    mutating func append(text: String) { append(octets: text.utf8.span) }

    /// Appends octets.
    mutating func append(octets: Span<UInt8>) {
        unsafe octets.withUnsafeBufferPointer { octets in unsafe append(contentsOf: octets) }
    }

    /// Appends the decimal digits of a number.
    mutating func append(decimal number: some BinaryInteger) {
        if number < 0 { append(0x2D) }
        var rest = UInt64(number.magnitude)
        // The greatest has 20 digits; they are found from the last on.
        var digits = InlineArray<20, UInt8>(repeating: 0x30)
        var start = digits.count
        repeat {
            start -= 1
            digits[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        append(octets: digits.span.extracting(start...))
    }
}
