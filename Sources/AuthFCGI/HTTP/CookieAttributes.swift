/// How the service's cookies are set (RFC 6265bis, 4.1).
struct CookieAttributes: Sendable {
    /// When a cookie is marked `Secure`.
    enum Secure: Sendable { case auto, always, never }

    /// The `SameSite` attribute.
    enum SameSite: String, Sendable {
        case lax = "Lax"
        case strict = "Strict"
        case none = "None"
    }

    var secure: Secure = .auto
    var sameSite: SameSite = .lax
    /// The `Domain` attribute; nil for a cookie of the host alone.
    var domain: String?

    /// A `Set-Cookie` value. A lifetime of zero removes the cookie.
    func header(_ name: String, _ value: String, lifetime: Duration, path: String = "/", isSecure: Bool) -> String {
        var header = "\(name)=\(value); Path=\(path); Max-Age=\(lifetime.components.seconds); HttpOnly"
        header += "; SameSite=\(sameSite.rawValue)"
        if let domain { header += "; Domain=\(domain)" }
        switch secure {
        case .always: header += "; Secure"
        case .auto: header += isSecure ? "; Secure" : ""
        case .never: break
        }
        return header
    }
}
