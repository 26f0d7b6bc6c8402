/// A password as a client sent it: never trimmed, truncated, normalised, printed or logged.
package struct Password: Sendable, CustomStringConvertible, CustomReflectable {
    /// The octets that are hashed, exactly as sent (UTF-8).
    package let octets: [UInt8]
    /// Whether it can be a password anywhere: 1 to 1,024 octets.
    package var isHashable: Bool { (1...PasswordPolicy.longestOctets).contains(octets.count) }

    package init(_ text: String) {
        octets = Array(text.utf8)
    }

    package var description: String { "<password>" }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }

    /// Its text, for the rules that look at characters.
    var text: String { String(decoding: octets, as: UTF8.self) }
}
