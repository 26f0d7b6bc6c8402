import AuthDomain

/// Sessions are found by the SHA-256 of their secret: 256 random bits need no key and no slowness.
struct SessionSHA256: SessionDigester, Sendable {
    func digest(_ secret: SessionSecret) throws(AuthError) -> SessionDigest {
        guard let octets = try? SHA256.digest(secret.octets), let digest = SessionDigest(octets: octets) else {
            throw .unavailable
        }
        return digest
    }
}
