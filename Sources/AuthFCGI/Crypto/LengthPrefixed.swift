/// One unambiguous sequence of octets for several texts: each behind its length, 32 bits, big-endian.
enum LengthPrefixed {
    /// The texts as octets; two lists give the same only when they are the same list.
    static func octets(_ texts: String...) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(texts.reduce(0) { $0 + 4 + $1.utf8.count })
        for text in texts {
            let text = text.utf8.span
            let length = UInt32(truncatingIfNeeded: text.count)
            octets.append(UInt8(truncatingIfNeeded: length >> 24))
            octets.append(UInt8(truncatingIfNeeded: length >> 16))
            octets.append(UInt8(truncatingIfNeeded: length >> 8))
            octets.append(UInt8(truncatingIfNeeded: length))
            unsafe text.withUnsafeBufferPointer { text in unsafe octets.append(contentsOf: text) }
        }
        return octets
    }
}
