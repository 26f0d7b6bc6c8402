/// One mailbox (RFC 5321, 4.1.2, without quoted local parts and address literals): compared trimmed and in lower case.
package struct EmailAddress: Sendable, CustomStringConvertible {
    /// The longest address, in octets (RFC 5321, 4.5.3.1.3, less the angle brackets).
    package static let longest = 254

    /// Trimmed, in lower case: what two addresses are compared by.
    package let key: String
    /// Trimmed, otherwise as it was typed.
    package let typed: String

    /// Reads an address: exactly one `@`, a local part of RFC 5322 atoms (of any length, though RFC 5321, 4.5.3.1.1, asks
    /// receivers for 64 octets only), a domain of at least two letter-digit-hyphen labels (an internationalised one in its
    /// A-label form). Nil when it is no address.
    package init?(_ text: String) {
        let octets = Self.trimmed(text)
        guard octets.count <= Self.longest, octets.count(where: { $0 == 0x40 }) == 1,
            let at = octets.firstIndex(of: 0x40),
            Self.isLocalPart(octets[..<at]), Self.isDomain(octets[(at + 1)...])
        else { return nil }
        typed = String(decoding: octets, as: UTF8.self)
        key = String(decoding: octets.map(Self.lowercased), as: UTF8.self)
    }

    /// An address that was read before and stored.
    package init(stored key: String, typed: String) {
        self.key = key
        self.typed = typed
    }

    /// The key with most of its local part hidden, for logs.
    package var description: String {
        let domain = key.drop { $0 != "@" }
        return "\(key.prefix(1))***\(domain)"
    }

    private static func trimmed(_ text: String) -> ArraySlice<UInt8> {
        let octets = Array(text.utf8)
        func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || (0x09...0x0D).contains(octet) }
        guard let first = octets.firstIndex(where: { !isSpace($0) }),
            let last = octets.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return octets[first...last]
    }

    private static func isLocalPart(_ part: ArraySlice<UInt8>) -> Bool {
        part.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
    }

    private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
        let labels = domain.split(separator: 0x2E, omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
                    && label.allSatisfy { isAlphanumeric($0) || $0 == 0x2D }
            }
    }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func lowercased(_ octet: UInt8) -> UInt8 {
        (0x41...0x5A).contains(octet) ? octet + 0x20 : octet
    }
}

extension EmailAddress: Hashable {
    package static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
