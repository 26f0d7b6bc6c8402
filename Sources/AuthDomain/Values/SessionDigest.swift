/// The SHA-256 of a session's secret: what a session is found by, worthless to whoever reads the database.
package struct SessionDigest: Hashable, Sendable {
    /// The 32 octets.
    package let octets: [UInt8]

    /// Nil unless there are 32 octets.
    package init?(octets: [UInt8]) {
        guard octets.count == 32 else { return nil }
        self.octets = octets
    }
}
