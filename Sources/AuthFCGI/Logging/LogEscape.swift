/// Texts made harmless for a line: no value can end the line, begin another field or move a terminal's cursor.
enum LogEscape {
    /// Octets that a value may take in a line; what is beyond becomes "…".
    static let longestValue = 1024

    /// A text between quotes, as JSON has it (RFC 8259, 7). Also escaped is what reorders, hides or breaks lines: C1
    /// controls, separators, directional and zero-width marks.
    static func quote(_ text: String, to line: inout [UInt8]) {
        let start = line.count
        line.append(0x22)
        defer { line.append(0x22) }
        // Most texts go as they are: copied whole, not scalar by scalar.
        if text.utf8.count <= longestValue, text.hasOctets(only: isBetweenQuotes) {
            line.append(text: text)
            return
        }
        for scalar in text.unicodeScalars {
            if line.count - start > longestValue {
                line += "…".utf8
                break
            }
            append(scalar, to: &line)
        }
    }

    /// An octet of ASCII that stands for itself between quotes.
    private static func isBetweenQuotes(_ octet: UInt8) -> Bool {
        (0x20..<0x7F).contains(octet) && octet != 0x22 && octet != 0x5C
    }

    /// A text as logfmt has it: bare where nothing in it can be misread, else between quotes.
    static func bareOrQuoted(_ text: String, to line: inout [UInt8]) {
        let isBare = !text.isEmpty && text.utf8.count <= longestValue && text.hasOctets(only: isPlain)
        if isBare { line.append(text: text) } else { quote(text, to: &line) }
    }

    /// A field's name: letters, digits, dots and underscores, never one of the line's own.
    static func name(_ text: String) -> String {
        let isSound = text.utf8.count <= 64 && text.hasOctets(only: isOfName)
        let name =
            isSound
            ? text : String(decoding: text.utf8.prefix(64).map { isOfName($0) ? $0 : 0x5F }, as: UTF8.self)
        return name.isEmpty || LogLine.ownNames.contains(name) ? "_" + name : name
    }

    private static func append(_ scalar: Unicode.Scalar, to line: inout [UInt8]) {
        switch scalar.value {
        case 0x22: line += [0x5C, 0x22]
        case 0x5C: line += [0x5C, 0x5C]
        case 0x0A: line += [0x5C, 0x6E]
        case 0x0D: line += [0x5C, 0x72]
        case 0x09: line += [0x5C, 0x74]
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
            let digits = String(scalar.value, radix: 16)
            line += Array((#"\u"# + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits).utf8)
        default: line += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        // + , - . / : @ [ ] * _
        case 0x2A...0x2F, 0x3A, 0x40, 0x5B, 0x5D, 0x5F: true
        default: isAlphanumeric(octet)
        }
    }

    private static func isOfName(_ octet: UInt8) -> Bool {
        isAlphanumeric(octet) || octet == 0x2E || octet == 0x5F
    }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
