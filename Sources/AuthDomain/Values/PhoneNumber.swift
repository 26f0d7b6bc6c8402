/// A telephone number in international form (ITU-T E.164): `+` and 8 to 15 digits, the first not zero.
package struct PhoneNumber: Sendable, CustomStringConvertible {
    /// The longest text that is looked at, in octets.
    package static let longestText = 64

    /// `+` and the digits: what two numbers are compared by.
    package let key: String
    /// The number as it was typed; answers echo this.
    package let typed: String

    /// Reads a number. Spaces, dots, dashes and parentheses are dropped and a leading `00` is a `+`; a number without
    /// either gets `callingCode`, and is no number where that is nil. Nil when it is no number.
    package init?(_ typed: String, callingCode: String? = nil) {
        guard typed.utf8.count <= Self.longestText else { return nil }
        var digits: [UInt8] = []
        var international = false
        for octet in typed.utf8 {
            switch octet {
            case 0x20, 0x2D, 0x2E, 0x28, 0x29: continue
            case 0x2B where digits.isEmpty && !international: international = true
            case 0x30...0x39: digits.append(octet)
            default: return nil
            }
        }
        if !international {
            if digits.starts(with: [0x30, 0x30]) {
                digits.removeFirst(2)
            } else if let callingCode {
                digits.insert(contentsOf: callingCode.utf8, at: 0)
            } else {
                return nil
            }
        }
        guard (8...15).contains(digits.count), digits.first != 0x30 else { return nil }
        key = "+" + String(decoding: digits, as: UTF8.self)
        self.typed = typed
    }

    /// A number that was read before and stored.
    package init(stored key: String, typed: String) {
        self.key = key
        self.typed = typed
    }

    /// The key with its middle hidden, for logs.
    package var description: String { "\(key.prefix(3))****\(key.suffix(2))" }
}

extension PhoneNumber: Hashable {
    package static func == (left: PhoneNumber, right: PhoneNumber) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
