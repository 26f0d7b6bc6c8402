/// Hosts and ports as URLs write them (RFC 3986, 3.2).
enum HostPort {
    /// The parts of "host", "host:port", "[::1]" and "[::1]:port"; the host without brackets.
    static func parse(_ text: String) -> (host: String, port: Int?)? {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[..<end].dropFirst()
            rest = text[end...].dropFirst()
            guard AddressParser.octets(String(host))?.count == 16 else { return nil }
        } else {
            host = text.prefix { $0 != ":" }
            rest = text.dropFirst(host.count)
            guard isHost(host) else { return nil }
        }
        if rest.isEmpty { return (String(host), nil) }
        guard rest.hasPrefix(":"), let port = Digits.number(rest.dropFirst()), (1...65_535).contains(port) else {
            return nil
        }
        return (String(host), port)
    }

    /// The text that `parse` reads.
    static func text(_ host: String, _ port: Int?) -> String {
        let host = host.utf8.contains(0x3A) ? "[\(host)]" : host
        return port.map { "\(host):\($0)" } ?? host
    }

    /// Whether a text is a host name (RFC 1123, 2.1) or an IPv4 address.
    static func isHost(_ text: some StringProtocol) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy {
                    ConfigurationForm<String>.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F
                }
        }
    }
}
