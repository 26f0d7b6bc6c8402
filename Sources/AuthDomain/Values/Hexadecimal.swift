/// Lower-case hexadecimal digits (RFC 4648, 8), two an octet.
package enum Hexadecimal {
    /// The digits of `octets`.
    package static func text(_ octets: [UInt8]) -> String { text(octets[...]) }

    /// The digits of `octets`.
    package static func text(_ octets: ArraySlice<UInt8>) -> String {
        let octets = octets.span
        return unsafe String(unsafeUninitializedCapacity: 2 * octets.count) { buffer in
            var text = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
            for index in octets.indices {
                text.append(digit(octets[index] >> 4))
                text.append(digit(octets[index] & 15))
            }
            return unsafe text.finalize(for: buffer)
        }
    }

    /// The octets that `text` spells in lower case; nil when it is anything else.
    package static func octets(_ text: String) -> [UInt8]? {
        let text = text.utf8.span
        guard text.count.isMultiple(of: 2) else { return nil }
        var isSound = true
        var octets: [UInt8] = []
        octets.append(addingCapacity: text.count / 2) { octets in
            for index in 0..<text.count / 2 {
                guard let high = value(of: text[2 * index]), let low = value(of: text[2 * index + 1]) else {
                    isSound = false
                    return
                }
                octets.append(high << 4 | low)
            }
        }
        return isSound ? octets : nil
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x61 &- 10 &+ value }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
