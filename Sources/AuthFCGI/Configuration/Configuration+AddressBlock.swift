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
            AddressParser.octets(address).map(contains(octets:)) ?? false
        }

        /// Whether the address of these 4 or 16 octets lies in the block.
        func contains(octets address: [UInt8]) -> Bool {
            let isMapped = address.count == 16 && address.starts(with: Self.mapped)
            let other = octets.count == 4 && isMapped ? address[Self.mapped.count...] : address[...]
            guard other.count == octets.count else { return false }
            return zip(other, octets).enumerated().allSatisfy { index, pair in
                pair.0 & Self.mask(index, length) == pair.1
            }
        }

        /// How an IPv4 address within IPv6 begins (RFC 4291, 2.5.5.2).
        private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

        private static func masked(_ octets: [UInt8], _ length: Int) -> [UInt8] {
            octets.enumerated().map { index, octet in octet & mask(index, length) }
        }

        /// The bits of an octet that a prefix of this length covers.
        private static func mask(_ index: Int, _ length: Int) -> UInt8 {
            ~(UInt8.max >> UInt8(clamping: max(0, min(8, length - index * 8))))
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
