package import AuthDomain

/// Takes a session's secret for its digest.
package struct PlainDigester: SessionDigester {
    package init() {}

    package func digest(_ secret: SessionSecret) throws(AuthError) -> SessionDigest {
        guard let digest = SessionDigest(octets: secret.octets) else { throw .unavailable }
        return digest
    }
}
