/// A name that an account is known by: 3 to 20 of `[A-Za-z0-9._-]`, unique without regard to case.
package struct Nickname: Sendable, CustomStringConvertible {
    /// How many characters a nickname may have.
    package static let lengths = 3...20
    /// What a nickname is, as a regular expression.
    package static let pattern = "^[A-Za-z0-9._-]{\(lengths.lowerBound),\(lengths.upperBound)}$"

    /// In lower case: what two nicknames are compared by.
    package let key: String
    /// As it was typed.
    package let typed: String

    /// Nil when `typed` is no nickname.
    package init?(_ typed: String) {
        guard Self.lengths.contains(typed.utf8.count) else { return nil }
        var key: [UInt8] = []
        for octet in typed.utf8 {
            switch octet {
            case 0x41...0x5A: key.append(octet + 0x20)
            case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x5F: key.append(octet)
            default: return nil
            }
        }
        self.key = String(decoding: key, as: UTF8.self)
        self.typed = typed
    }

    /// A nickname that was read before and stored.
    package init(stored key: String, typed: String) {
        self.key = key
        self.typed = typed
    }

    /// The first letter, for logs.
    package var description: String { "\(key.prefix(1))***" }
}

extension Nickname: Hashable {
    package static func == (left: Nickname, right: Nickname) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
