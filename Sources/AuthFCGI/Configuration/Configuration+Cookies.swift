extension Configuration {
    /// `[cookies]`: how cookies are set and sealed.
    struct Cookies: Hashable, Sendable {
        /// When cookies are marked `Secure`.
        enum Secure: String, CaseIterable, Sendable {
            /// When the request came over HTTPS.
            case auto
            case always
            case never
        }

        /// The `SameSite` attribute (RFC 6265bis, 4.1.2.7).
        enum SameSite: String, CaseIterable, Sendable {
            case lax
            case strict
            case none
        }

        var secure = Secure.auto
        var sameSite = SameSite.lax
        /// The `Domain` attribute; nil for a cookie of the host alone.
        var domain: String?
        var keys = SecretFile("/etc/authfcgi/credentials/cookie.keys")

        static let keys = [
            ConfigurationKey(
                "cookies", "secure", \.cookies.secure, .choice,
                "whether cookies go over HTTPS only; auto: when the request did"),
            ConfigurationKey(
                "cookies", "same_site", \.cookies.sameSite, .choice, "whether other sites' requests carry cookies"),
            ConfigurationKey(
                "cookies", "domain", \.cookies.domain,
                .optional(
                    .text("domain", accepted: #"a domain such as "example.org""#, octets: 3...253) {
                        HostPort.isHost($0) && $0.utf8.contains(0x2E) && AddressParser.octets($0) == nil
                    }), "empty: the host alone gets its cookies"),
            ConfigurationKey(
                "cookies", "keys_file", \.cookies.keys, .secretFile,
                #""id:base64" a line; the first seals, all open"#),
        ]
    }
}
