/// What clients look for at agreed places (RFC 8615).
extension Service {
    /// The public keys of tokens, and where a password is changed.
    func wellKnownRoutes() -> [Route] {
        let keys = publicKeys
        return [
            Route(.get, "/.well-known/jwks.json") { _, _, _ in
                HTTPResponse(.ok, type: "application/json; charset=utf-8", body: keys)
            },
            Route(.get, "/.well-known/change-password") { _, _, _ in
                HTTPResponse(.found).adding("Location", Self.resetPath)
            },
        ]
    }
}
