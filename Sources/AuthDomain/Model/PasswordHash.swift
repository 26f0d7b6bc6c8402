/// A password's hash as a PHC string (`$argon2id$v=19$…`), at most 255 octets; never printed.
package struct PasswordHash: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The PHC string.
    package let phc: String

    package init(phc: String) {
        self.phc = phc
    }

    package var description: String { "<hash>" }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
