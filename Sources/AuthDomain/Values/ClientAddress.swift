/// Where a client is in the network, as far as limits go: an IPv4 address, or the /64 of an IPv6 address, since whoever
/// has one address of it has them all (RFC 4291, 2.5.4).
package struct ClientAddress: Hashable, Sendable {
    /// What two clients are compared by: hexadecimal digits.
    package let key: String

    /// As people write it: `192.0.2.7`, or `2001:db8:0:1::/64` for the block (RFC 4291, 2.3).
    package var text: String {
        let octets = Hexadecimal.octets(key) ?? []
        if octets.count == 4 { return octets.map { "\($0)" }.joined(separator: ".") }
        let groups = stride(from: 0, to: octets.count - 1, by: 2).map { Int(octets[$0]) << 8 | Int(octets[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// Nil unless there are 4 octets, or 16. An IPv4 address within IPv6 (RFC 4291, 2.5.5.2) counts as IPv4.
    package init?(octets: [UInt8]) {
        switch octets.count {
        case 4: key = Hexadecimal.text(octets)
        case 16:
            let isMapped = octets.prefix(10).allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
            key = Hexadecimal.text(isMapped ? octets.suffix(4) : octets.prefix(8))
        default: return nil
        }
    }
}
