extension Span where Element == UInt8 {
    /// Where, from `start` on, the first octet is that a JSON string does not hold as it is: a control, a quote, a
    /// backslash (RFC 8259, 7). The end when there is none. Eight octets are looked at together.
    func endOfPlainText(from start: Int) -> Int {
        var index = start
        while index + 8 <= count {
            let word = word(at: index)
            let found = word.marks(below: 0x20) | word.marks(of: 0x22) | word.marks(of: 0x5C)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, self[index] >= 0x20, self[index] != 0x22, self[index] != 0x5C { index += 1 }
        return index
    }

    /// Whether one of the octets is a control (ASCII).
    var hasControl: Bool {
        var index = 0
        while index + 8 <= count {
            let word = word(at: index)
            if word.marks(below: 0x20) | word.marks(of: 0x7F) != 0 { return true }
            index += 8
        }
        while index < count {
            if self[index] < 0x20 || self[index] == 0x7F { return true }
            index += 1
        }
        return false
    }
}

extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The highest bit of each octet that is less than `limit`, which is at most 0x80. The lowest that is set is right;
    /// a borrow may set some above it.
    fileprivate func marks(below limit: UInt8) -> UInt64 {
        (self &- Self.ones &* UInt64(limit)) & ~self & (Self.ones &* 0x80)
    }

    /// The same for octets that are `octet`.
    fileprivate func marks(of octet: UInt8) -> UInt64 { (self ^ Self.ones &* UInt64(octet)).marks(below: 1) }
}
