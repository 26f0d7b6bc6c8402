/// An account's name within the service: 12 octets, the first four the seconds of its making, so that new accounts
/// lie beside each other on disk; 24 hexadecimal digits where a client sees it.
package struct AccountID: Hashable, Sendable, CustomStringConvertible {
    /// How many octets an id has.
    package static let length = 12
    /// How many of them are random.
    package static let randomLength = 8

    /// The id that no account has: made in 1970.
    static let nobody = AccountID(at: Timestamp(microseconds: 0), random: [])

    /// The 12 octets.
    package let octets: [UInt8]

    /// Nil unless there are 12 octets.
    package init?(octets: [UInt8]) {
        guard octets.count == Self.length else { return nil }
        self.octets = octets
    }

    /// Nil unless `text` is 24 lower-case hexadecimal digits.
    package init?(_ text: String) {
        guard let octets = Hexadecimal.octets(text) else { return nil }
        self.init(octets: octets)
    }

    /// A new id for an account made at `now`. `random` gives the last eight octets; more are left out.
    package init(at now: Timestamp, random: some Sequence<UInt8>) {
        let seconds = UInt32(truncatingIfNeeded: now.seconds)
        var octets: [UInt8] = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: seconds >> $0) }
        octets += random.prefix(Self.randomLength)
        octets += Array(repeating: 0, count: Self.length - octets.count)
        self.octets = octets
    }

    /// When its account was made, to the second.
    package var created: Timestamp {
        Timestamp(microseconds: octets.prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) } * 1_000_000)
    }

    package var description: String { Hexadecimal.text(octets) }
}
