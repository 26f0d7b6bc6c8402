/// Client addresses as people read them.
extension ClientAddress: CustomStringConvertible {
    /// An address whose key was stored; nil for what is none.
    package init?(stored key: String) {
        guard let octets = Hexadecimal.octets(key) else { return nil }
        self.init(octets: octets.count == 8 ? octets + Array(repeating: 0, count: 8) : octets)
    }

    /// `192.0.2.1`, or `2001:db8:0:1::/64` for the block (RFC 4291, 2.3).
    package var description: String {
        let octets = Hexadecimal.octets(key) ?? []
        if octets.count == 4 { return octets.map { "\($0)" }.joined(separator: ".") }
        let groups = stride(from: 0, to: octets.count - 1, by: 2).map { place in
            String(Int(octets[place]) << 8 | Int(octets[place + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
