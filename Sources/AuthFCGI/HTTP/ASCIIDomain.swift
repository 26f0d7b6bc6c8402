import CIDN

/// Internationalised domain names in the form in which mail servers know them.
enum ASCIIDomain {
    /// A text with the domain of the mail address that it may be in its A-label form (RFC 5890, 2.3.2.1; UTS #46,
    /// non-transitional). A text that is no such address, or whose domain has no such form, stays as it is.
    static func rewritten(_ text: String) -> String {
        guard let at = text.utf8.lastIndex(of: 0x40), case let domain = text[text.utf8.index(after: at)...],
            !domain.utf8.allSatisfy({ $0 < 0x80 }), domain.utf8.count <= 1_024, !domain.utf8.contains(0),
            let name = ascii(domain.filter { !$0.isWhitespace })
        else { return text }
        return text[...at] + name
    }

    private static func ascii(_ domain: String) -> String? {
        var name: UnsafeMutablePointer<UInt8>?
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue | IDN2_USE_STD3_ASCII_RULES.rawValue)
        let status = unsafe domain.withCString { text in
            unsafe text.withMemoryRebound(to: UInt8.self, capacity: domain.utf8.count + 1) { text in
                unsafe idn2_lookup_u8(text, &name, flags)
            }
        }
        defer { unsafe idn2_free(name) }
        guard status == IDN2_OK.rawValue, let name = unsafe name else { return nil }
        return unsafe String(cString: name)
    }
}
