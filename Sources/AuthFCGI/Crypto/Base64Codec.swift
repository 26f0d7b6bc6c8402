/// Base64 in the one strict way (RFC 4648, 3): no white space, no foreign digits, no bits set that nothing uses, and
/// padding exactly where the alphabet has it. So one text stands for one sequence of octets and back.
struct Base64Codec: Sendable {
    /// The digits of the values 62 and 63.
    private let last: (UInt8, UInt8)
    private let isPadded: Bool
    /// The value of each octet as a digit.
    private let values: [UInt8]

    /// What stands for the value of an octet that is no digit.
    private static let none: UInt8 = 0x80

    /// The alphabet of RFC 4648, 4, padded.
    static let standard = Base64Codec(last: (0x2B, 0x2F), isPadded: true)
    /// The alphabet of RFC 4648, 5, without padding (RFC 7515, 2).
    static let url = Base64Codec(last: (0x2D, 0x5F), isPadded: false)

    private init(last: (UInt8, UInt8), isPadded: Bool) {
        self.last = last
        self.isPadded = isPadded
        values = (0...255).map { (octet: UInt8) in
            switch octet {
            case 0x41...0x5A: octet - 0x41
            case 0x61...0x7A: octet - 0x61 + 26
            case 0x30...0x39: octet - 0x30 + 52
            case last.0: 62
            case last.1: 63
            default: Self.none
            }
        }
    }

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
        guard let digits = isPadded ? Self.unpadded(text) : text, digits.count % 4 != 1 else { return nil }
        let source = digits.span
        let values = values.span
        // Of all values together, and of what no octet takes.
        var seen: UInt8 = 0
        var unused: UInt8 = 0
        let octets = [UInt8](capacity: source.count / 4 * 3 + 2) { octets in
            var position = 0
            while position + 4 <= source.count {
                let (first, second) = (values[Int(source[position])], values[Int(source[position + 1])])
                let (third, fourth) = (values[Int(source[position + 2])], values[Int(source[position + 3])])
                seen |= first | second | third | fourth
                octets.append(first << 2 | second >> 4)
                octets.append(second << 4 | third >> 2)
                octets.append(third << 6 | fourth)
                position += 4
            }
            guard position < source.count else { return }
            let (first, second) = (values[Int(source[position])], values[Int(source[position + 1])])
            let third = position + 2 < source.count ? values[Int(source[position + 2])] : nil
            seen |= first | second | (third ?? 0)
            unused = third.map { $0 & 3 } ?? second & 15
            octets.append(first << 2 | second >> 4)
            if let third { octets.append(second << 4 | third >> 2) }
        }
        return seen & Self.none == 0 && unused == 0 ? octets : nil
    }

    /// The text without its padding; nil when that is not exactly what it must be.
    private static func unpadded(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard text.count.isMultiple(of: 4) else { return nil }
        return text.suffix(2).allSatisfy { $0 == 0x3D } ? text.dropLast(2) : text.last == 0x3D ? text.dropLast() : text
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
}
