/// A one-time code, or what somebody tells as one: text of any length, never a number (leading zeros count), never
/// printed.
package struct OneTimeCode: Sendable, CustomStringConvertible, CustomReflectable {
    /// The text, compared octet by octet.
    package let text: String

    /// Nil when `text` is empty. One that no code can be is a wrong code, and counts as one.
    package init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        self.text = text
    }

    package var description: String { "<code>" }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
