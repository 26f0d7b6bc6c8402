/// Keyed digests of one-time codes: what a store keeps of a code says nothing without the key.
package protocol CodeDigester {
    /// The digest of a code bound to a realm, a purpose and an address, under the present key.
    func digest(_ code: OneTimeCode, in realm: Realm, for purpose: Purpose, target: String)
        throws(AuthError) -> CodeDigest

    /// Whether `digest` is this code's, under the key it was made with; compared in constant time.
    func matches(
        _ code: OneTimeCode, _ digest: CodeDigest, in realm: Realm, for purpose: Purpose, target: String
    ) throws(AuthError) -> Bool
}

/// The keyed digest of a one-time code.
package struct CodeDigest: Hashable, Sendable {
    /// Which key made it: 1 to 16 octets of ASCII.
    package let keyID: String
    /// HMAC-SHA-256 (RFC 2104): 32 octets.
    package let octets: [UInt8]

    package init(keyID: String, octets: [UInt8]) {
        self.keyID = keyID
        self.octets = octets
    }
}
