/// What names a session to its holder: 256 random bits. The service keeps only its digest.
package struct SessionSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// How many octets a secret has.
    package static let length = 32

    /// The 32 octets.
    package let octets: [UInt8]

    /// Nil unless there are 32 octets.
    package init?(octets: [UInt8]) {
        guard octets.count == Self.length else { return nil }
        self.octets = octets
    }

    package var description: String { "<session>" }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
