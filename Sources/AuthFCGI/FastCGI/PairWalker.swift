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
            if let end = endOfWholePair(in: span, from: index) {
                if span.extracting(index + 2..<end).firstIndex(of: 0) != nil { return false }
                index = end
            } else if left > 0 {
                let taken = min(left, span.count - index)
                if span.extracting(index..<index + taken).firstIndex(of: 0) != nil { return false }
                left -= taken
                index += taken
            } else {
                if !takeLength(span[index]) { return false }
                index += 1
            }
        }
        return true
    }

    /// Where a pair ends that begins here and is all there, both its lengths an octet: as nearly all do.
    private func endOfWholePair(in span: Span<UInt8>, from index: Int) -> Int? {
        guard isAtBorder, span.count - index >= 2, span[index] | span[index + 1] < 0x80 else { return nil }
        let end = index + 2 + Int(span[index]) + Int(span[index + 1])
        return end <= span.count ? end : nil
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
