/// Base64 in the one strict way (RFC 4648, 3): no white space, no foreign digits, no bits set that nothing uses, and
/// padding exactly where the alphabet has it. So one text stands for one sequence of octets and back.
struct Base64Codec: Sendable {
    /// The digits of the values 62 and 63.
    private let last: (UInt8, UInt8)
    private let isPadded: Bool

    /// The alphabet of RFC 4648, 4, padded.
    static let standard = Base64Codec(last: (0x2B, 0x2F), isPadded: true)
    /// The alphabet of RFC 4648, 5, without padding (RFC 7515, 2).
    static let url = Base64Codec(last: (0x2D, 0x5F), isPadded: false)

    /// The text of `octets`.
    func encode(_ octets: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((octets.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var held = 0
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(digit(UInt8(truncatingIfNeeded: bits >> UInt32(held)) & 63))
            }
        }
        if held > 0 { text.append(digit(UInt8(truncatingIfNeeded: bits << UInt32(6 - held)) & 63)) }
        while isPadded, !text.count.isMultiple(of: 4) { text.append(0x3D) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The octets that `text` stands for; nil when it is not what `encode` would have made of any.
    func decode(_ text: some StringProtocol) -> [UInt8]? { decode(Array(text.utf8)[...]) }

    /// The octets that a text stands for, given as its own octets.
    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var held = 0
        var length = 0
        var padding = 0
        for character in text {
            length += 1
            if isPadded, character == 0x3D {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) - 1
            }
        }
        guard held < 6, bits == 0 else { return nil }
        guard isPadded else { return octets }
        return length.isMultiple(of: 4) && padding == held / 2 ? octets : nil
    }

    private func digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: 0x41 + value
        case 26..<52: 0x61 + (value - 26)
        case 52..<62: 0x30 + (value - 52)
        case 62: last.0
        default: last.1
        }
    }

    private func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x41...0x5A: digit - 0x41
        case 0x61...0x7A: digit - 0x61 + 26
        case 0x30...0x39: digit - 0x30 + 52
        case last.0: 62
        case last.1: 63
        default: nil
        }
    }
}
