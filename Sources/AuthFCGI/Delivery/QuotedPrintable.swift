import AuthDomain

/// The quoted-printable encoding (RFC 2045, 6.7).
enum QuotedPrintable {
    private static let longestLine = 76

    /// A text in lines of at most 76 characters of ASCII that end in CR LF.
    static func encode(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            encode(Array(line.utf8))
        }.joined(separator: "\r\n")
    }

    private static func encode(_ line: [UInt8]) -> String {
        var lines = ""
        var length = 0
        for (index, octet) in line.enumerated() {
            let piece = encode(octet, isLast: index == line.count - 1)
            if length + piece.utf8.count > longestLine - 1 {
                lines += "=\r\n"
                length = 0
            }
            lines += piece
            length += piece.utf8.count
        }
        return lines
    }

    private static func encode(_ octet: UInt8, isLast: Bool) -> String {
        switch octet {
        case 0x20 where !isLast, 0x21...0x3C, 0x3E...0x7E: String(Unicode.Scalar(octet))
        default: "=\(Hexadecimal.text([octet]).uppercased())"
        }
    }
}
