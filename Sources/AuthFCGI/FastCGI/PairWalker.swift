/// Follows name-value pairs (FastCGI 1.0, 3.4): libfcgi allocates whatever length it reads, before the octets come.
struct PairWalker: Sendable {
    private var length = 0
    private var lengthOctets = 0
    private var nameLength: Int?
    private var left = 0

    /// Whether the last pair is complete.
    var isAtBorder: Bool { left == 0 && lengthOctets == 0 && nameLength == nil }

    /// Walks on; false for a length that no parameters may have, or a NUL, where libfcgi's strings would end.
    mutating func walk(_ span: Span<UInt8>) -> Bool {
        var index = 0
        while index < span.count {
            if left > 0 {
                let taken = min(left, span.count - index)
                if span.extracting(index..<index + taken).firstIndex(of: 0) != nil { return false }
                left -= taken
                index += taken
            } else if isAtBorder, span.count - index >= 2, span[index] | span[index + 1] < 0x80 {
                // Nearly all pairs: both lengths an octet, one behind the other.
                left = Int(span[index]) + Int(span[index + 1])
                index += 2
            } else {
                if !takeLength(span[index]) { return false }
                index += 1
            }
        }
        return true
    }

    private mutating func takeLength(_ octet: UInt8) -> Bool {
        if lengthOctets > 0 {
            length = length << 8 | Int(octet)
            lengthOctets -= 1
        } else if octet & 0x80 != 0 {
            length = Int(octet & 0x7f)
            lengthOctets = 3
        } else {
            length = Int(octet)
        }
        if lengthOctets > 0 { return true }
        guard length <= FastCGISettings.maxParameters else { return false }
        if let name = nameLength {
            left = name + length
            nameLength = nil
        } else {
            nameLength = length
        }
        return true
    }
}
