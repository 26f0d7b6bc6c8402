/// The name of a language, such as `pt-BR` (RFC 5646), compared in lower case.
package struct LanguageTag: Hashable, Sendable, CustomStringConvertible {
    /// The longest tag, in octets (RFC 5646, 4.4.1).
    package static let longest = 35

    /// The tag in lower case.
    package let key: String

    /// Nil unless `text` is subtags of one to eight letters and digits, the first of two letters or more.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.longest, let first = parts.first,
            (2...8).contains(first.utf8.count), first.utf8.allSatisfy(Self.isLetter),
            parts.allSatisfy({ part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { Self.isLetter($0) || (0x30...0x39).contains($0) }
            })
        else { return nil }
        key = text.lowercased()
    }

    /// This tag and the more general ones, in which what is said can be read as well (RFC 4647, 3.4).
    package var generalizations: [String] {
        let parts = key.split(separator: "-")
        return parts.indices.reversed().map { parts[...$0].joined(separator: "-") }
    }

    package var description: String { key }

    private static func isLetter(_ octet: UInt8) -> Bool {
        (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
    }
}
