/// Where a client is in the network, as far as limits go: an IPv4 address, or the /64 of an IPv6 address, since whoever
/// has one address of it has them all (RFC 4291, 2.5.4).
package struct ClientAddress: Hashable, Sendable {
    /// What two clients are compared by: hexadecimal digits.
    package let key: String

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
