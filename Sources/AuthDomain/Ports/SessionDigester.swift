/// Turns a session's secret into what it is stored and found by.
package protocol SessionDigester {
    /// The SHA-256 of the secret (FIPS 180-4).
    func digest(_ secret: SessionSecret) throws(AuthError) -> SessionDigest
}
