/// Strict Base64url, as cookies and tokens have it (RFC 4648, 5; RFC 7515, 2): never padded.
enum Base64URL {
    /// The text of `octets`.
    static func encode(_ octets: [UInt8]) -> String { Base64Codec.url.encode(octets) }

    /// The octets of a canonical text; nil for any other.
    static func decode(_ text: some StringProtocol) -> [UInt8]? { Base64Codec.url.decode(text) }

    /// The octets of a canonical text, given as its own octets; nil for any other.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? { Base64Codec.url.decode(text) }
}
