import Glibc

/// Numeric addresses as the system reads them: inet_pton(3).
enum AddressParser {
    /// The 4 octets of an IPv4 address or the 16 of an IPv6 address; nil for anything else.
    static func octets(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var octets = [UInt8](repeating: 0, count: count)
            let result = unsafe octets.withUnsafeMutableBytes { bytes in
                unsafe inet_pton(family, text, bytes.baseAddress)
            }
            if result == 1 { return octets }
        }
        return nil
    }
}
