/// A one-time code, or what somebody tells as one: 1 to 64 octets of text, never a number (leading zeros count),
/// never printed.
package struct OneTimeCode: Sendable, CustomStringConvertible, CustomReflectable {
    /// How many octets a code may have.
    package static let lengths = 1...64

    /// The text, compared octet by octet.
    package let text: String

    /// Nil unless `text` is 1 to 64 octets long.
    package init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count) else { return nil }
        self.text = text
    }

    package var description: String { "<code>" }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
