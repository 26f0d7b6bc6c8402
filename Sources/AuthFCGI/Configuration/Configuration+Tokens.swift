extension Configuration {
    /// `[tokens]`: how tokens are signed and how long they are good.
    struct Tokens: Hashable, Sendable {
        /// How a token is signed (RFC 7518, 3.1; RFC 8037, 3.1).
        enum Algorithm: String, CaseIterable, Sendable {
            case hs256 = "HS256"
            case edDSA = "EdDSA"
        }

        var algorithm = Algorithm.hs256
        var keys = SecretFile("/etc/authfcgi/credentials/token.keys")
        /// The `iss` claim; nil means the site's own address.
        var issuer: String?
        var accessTTL = Duration.seconds(900)
        var refreshTTL = Duration.seconds(30 * 86_400)
        var bearerTTL = Duration.seconds(30 * 86_400)
        var resetTTL = Duration.seconds(900)

        static let keys = [
            ConfigurationKey("tokens", "algorithm", \.tokens.algorithm, .choice, "of the signature"),
            ConfigurationKey(
                "tokens", "keys_file", \.tokens.keys, .secretFile, #""id:base64" or "id:ed25519:base64" a line"#),
            ConfigurationKey(
                "tokens", "issuer", \.tokens.issuer,
                .optional(.text("issuer", accepted: "1 to 255 octets without control characters", octets: 1...255)),
                "the iss claim; empty means site.public_url"),
            ConfigurationKey("tokens", "access_ttl", \.tokens.accessTTL, lifetime, "ride: an access token"),
            ConfigurationKey("tokens", "refresh_ttl", \.tokens.refreshTTL, lifetime, "ride: a refresh token"),
            ConfigurationKey("tokens", "bearer_ttl", \.tokens.bearerTTL, lifetime, "contacts and codes: a token"),
            ConfigurationKey(
                "tokens", "reset_ttl", \.tokens.resetTTL, .duration(.seconds(60)...(.seconds(86_400))),
                "a reset token"),
        ]

        private static let lifetime = ConfigurationForm.duration(.seconds(60)...(.seconds(365 * 86_400)))
    }
}
