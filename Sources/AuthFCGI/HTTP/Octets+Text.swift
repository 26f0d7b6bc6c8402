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

    /// Appends the decimal digits of a number.
    mutating func append(decimal number: some BinaryInteger) {
        if number < 0 { append(0x2D) }
        var rest = UInt64(number.magnitude)
        var worth: UInt64 = 1
        while rest / worth >= 10 { worth *= 10 }
        while worth > 0 {
            append(0x30 + UInt8(rest / worth))
            rest %= worth
            worth /= 10
        }
    }
}
