extension Configuration {
    /// An `http` or `https` URL without user, query and fragment (RFC 3986).
    struct WebURL: Hashable, Sendable {
        let isSecure: Bool
        /// The host, in lower case and without brackets.
        let host: String
        /// The port where one is written that is not the scheme's own.
        let port: Int?
        /// The path without a slash at its end: "" or "/path".
        let path: String

        /// Reads a URL; nil when it is none, or has what may not be there.
        init?(_ text: String) {
            let scheme = text.hasPrefix("https://") ? "https://" : "http://"
            guard text.hasPrefix(scheme), text.utf8.count <= 2048 else { return nil }
            let rest = text.dropFirst(scheme.count)
            let authority = rest.prefix { $0 != "/" }
            var path = rest.dropFirst(authority.count)
            while path.hasSuffix("/") { path = path.dropLast() }
            let isPath = path.utf8.allSatisfy { octet in
                (0x21...0x7E).contains(octet) && !##""#?<>\^`{|}"##.utf8.contains(octet)
            }
            guard isPath, let (host, port) = HostPort.parse(authority.lowercased()) else { return nil }
            isSecure = scheme == "https://"
            self.host = host
            self.port = port == (isSecure ? 443 : 80) ? nil : port
            self.path = String(path)
        }

        /// Scheme, host and port, as browsers send it (RFC 6454, 6.2).
        var origin: String { (isSecure ? "https://" : "http://") + HostPort.text(host, port) }

        /// The URL, without a slash at its end.
        var text: String { origin + path }
    }
}

extension ConfigurationForm where Value == Configuration.WebURL {
    /// A URL.
    static var webURL: Self {
        parsed(
            "http or https URL", accepted: #"a URL such as "https://auth.example.org""#, isRepeatable: false,
            parse: { Configuration.WebURL($0) }, text: \.text)
    }

    /// A URL that is an origin: no path.
    static var origin: Self {
        parsed(
            "origin", accepted: #"an origin such as "https://app.example.org", without a path"#, isRepeatable: false,
            parse: { text in Configuration.WebURL(text).flatMap { $0.path.isEmpty ? $0 : nil } }, text: \.text)
    }
}
