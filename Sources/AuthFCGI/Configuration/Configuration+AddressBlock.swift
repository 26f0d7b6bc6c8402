extension Configuration {
    /// A range of addresses: RFC 4632, 3.1 and RFC 4291, 2.3.
    struct AddressBlock: Hashable, Sendable {
        /// The text as it was written.
        let text: String
        private let octets: [UInt8]
        private let length: Int

        /// Reads "10.0.0.0/8", "::1" and the like. Nil also where bits beyond the prefix are set.
        init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = parts.first, let octets = AddressParser.octets(String(address)) else {
                return nil
            }
            var length = octets.count * 8
            if parts.count == 2 {
                guard let last = parts.last, let number = Digits.number(last), number <= length else { return nil }
                length = number
            }
            let masked = Self.masked(octets, length)
            guard masked == octets else { return nil }
            self.text = text
            self.octets = octets
            self.length = length
        }

        /// Whether a numeric address lies in the block. An IPv4 address written within IPv6 counts as IPv4.
        func contains(_ address: String) -> Bool {
            guard var other = AddressParser.octets(address) else { return false }
            if octets.count == 4, other.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
                other = Array(other.suffix(4))
            }
            return other.count == octets.count && Self.masked(other, length) == octets
        }

        private static func masked(_ octets: [UInt8], _ length: Int) -> [UInt8] {
            octets.enumerated().map { index, octet in
                octet & ~(UInt8.max >> UInt8(clamping: max(0, min(8, length - index * 8))))
            }
        }
    }
}

extension ConfigurationForm where Value == Configuration.AddressBlock {
    /// A block of addresses.
    static var addressBlock: Self {
        parsed(
            "address block", accepted: #"an address or block such as "10.0.0.0/8" or "::1""#,
            parse: { Configuration.AddressBlock($0) }, text: \.text)
    }
}
