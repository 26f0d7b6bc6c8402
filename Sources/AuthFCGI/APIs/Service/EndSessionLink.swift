import AuthDomain

/// What the link of a notice names: a realm, and the secret that ends one of its sessions.
struct EndSessionLink {
    /// The realm's name without its tenant: the request has that.
    let realm: String
    let secret: SessionSecret

    /// What such links lie under.
    static let path = "/end-session"

    init(realm: String, secret: SessionSecret) {
        self.realm = realm
        self.secret = secret
    }

    /// Reads the last segment of a link; nil when it is none.
    init?(segment: String?) {
        guard let segment, let dot = segment.lastIndex(of: "."),
            let secret = Base64URL.decode(String(segment[segment.index(after: dot)...]))
                .flatMap(SessionSecret.init(octets:))
        else { return nil }
        self.init(realm: String(segment[..<dot]), secret: secret)
    }

    /// The link at a site, whose address has no slash at its end.
    func url(at site: String) -> String { "\(site)\(Self.path)/\(realm).\(Base64URL.encode(secret.octets))" }
}
