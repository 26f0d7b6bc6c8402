/// The form of key files: a line a key, `id:` and its fields; blank lines and lines that begin with `#` say nothing.
enum KeyFile {
    /// One key's line.
    struct Line {
        /// Counted from 1.
        let number: Int
        /// Its name: 1 to 16 letters, digits, dashes and underscores, no other line's.
        let id: String
        /// What stands between the colons behind the id; one field at least.
        let fields: [Substring]

        /// A field's octets.
        func octets(_ field: Substring) throws(KeyRingError) -> [UInt8] {
            guard let octets = Base64.decode(field) else { throw .badBase64(line: number) }
            return octets
        }
    }

    /// The lines that hold keys, in their order: one at least.
    static func lines(of text: String) throws(KeyRingError) -> [Line] {
        var lines: [Line] = []
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            if raw.allSatisfy({ $0 == " " || $0 == "\t" }) || raw.utf8.first == 0x23 { continue }
            let fields = raw.split(separator: ":", omittingEmptySubsequences: false)
            guard let id = fields.first, fields.count > 1 else { throw .malformed(line: number) }
            guard isID(id) else { throw .badID(line: number) }
            guard !lines.contains(where: { $0.id == id }) else { throw .duplicate(line: number) }
            lines.append(Line(number: number, id: String(id), fields: Array(fields.dropFirst())))
        }
        guard !lines.isEmpty else { throw .empty }
        return lines
    }

    /// Whether `text` can name a key.
    static func isID(_ text: some StringProtocol) -> Bool {
        (1...16).contains(text.utf8.count)
            && text.utf8.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}
