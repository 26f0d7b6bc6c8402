/// One population of accounts: emails, phones and nicknames are unique within it, and nothing of one is worth
/// anything in another. A tenant, named by the web server, has realms of its own.
package struct Realm: Hashable, Sendable, CustomStringConvertible {
    /// `name`, or `tenant/name`; at most 129 octets of ASCII.
    package let key: String

    /// Nil unless both are 1 to 64 letters, digits, dots, dashes and underscores.
    package init?(_ name: String, tenant: String? = nil) {
        guard Self.isName(name) else { return nil }
        if let tenant {
            guard Self.isName(tenant) else { return nil }
            key = "\(tenant)/\(name)"
        } else {
            key = name
        }
    }

    /// Its name within its tenant.
    package var name: String { key.split(separator: "/").last.map(String.init) ?? key }

    /// A realm whose key was stored; nil for what is none.
    package init?(stored key: String) {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: self.init(parts[0])
        case 2: self.init(parts[1], tenant: parts[0])
        default: return nil
        }
    }

    package var description: String { key }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }
}
