/// Strict Base64, as key files have it (RFC 4648, 4): padded.
enum Base64 {
    /// The text of `octets`.
    static func encode(_ octets: [UInt8]) -> String { Base64Codec.standard.encode(octets) }

    /// The octets of a canonical text; nil for any other.
    static func decode(_ text: some StringProtocol) -> [UInt8]? { Base64Codec.standard.decode(text) }
}
