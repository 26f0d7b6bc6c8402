/// One unambiguous sequence of octets for several texts: each behind its length, 32 bits, big-endian.
enum LengthPrefixed {
    /// The texts as octets; two lists give the same only when they are the same list.
    static func octets(_ texts: String...) -> [UInt8] {
        var octets: [UInt8] = []
        for text in texts {
            let length = UInt32(truncatingIfNeeded: text.utf8.count)
            for shift: UInt32 in [24, 16, 8, 0] { octets.append(UInt8(truncatingIfNeeded: length >> shift)) }
            octets += text.utf8
        }
        return octets
    }
}
