extension Site {
    /// Who may send a browser here, and how cookies are set, as the configuration says.
    init(_ configuration: Configuration) {
        let proxies = configuration.server.trustedProxies
        self.init(
            publicOrigin: configuration.site.publicURL?.origin,
            allowedOrigins: Set(configuration.site.allowedOrigins.map(\.origin)),
            cookies: CookieAttributes(configuration.cookies),
            addressOctets: AddressParser.octets)
        if !proxies.isEmpty { isTrustedProxy = { octets in proxies.contains { $0.contains(octets: octets) } } }
    }
}

extension CookieAttributes {
    /// The attributes of the section `[cookies]`.
    init(_ cookies: Configuration.Cookies) {
        self.init()
        switch cookies.secure {
        case .auto: secure = .auto
        case .always: secure = .always
        case .never: secure = .never
        }
        switch cookies.sameSite {
        case .lax: sameSite = .lax
        case .strict: sameSite = .strict
        case .none: sameSite = .none
        }
        domain = cookies.domain
    }
}
