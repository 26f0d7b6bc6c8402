/// Reads JSON in the one strict way (RFC 8259): valid UTF-8 without a byte order mark, no duplicate names, no trailing
/// commas or text, no lone surrogates, nested only so deep. Linear in the text, whatever it holds.
struct JSONParser: ~Copyable {
    /// The text is not such JSON.
    struct Malformed: Error, Equatable {}

    private let text: [UInt8]
    private var position = 0
    private var depth = 0
    private let deepest: Int

    private init(_ text: [UInt8], deepest: Int) {
        self.text = text
        self.deepest = deepest
    }

    /// The value that all of `text` is. Objects and arrays are nested at most `deepest` deep.
    static func parse(_ text: [UInt8], deepest: Int = 16) throws(Malformed) -> JSONValue {
        guard Self.isUTF8(text) else { throw Malformed() }
        var parser = JSONParser(text, deepest: deepest)
        let value = try parser.value()
        guard parser.next == nil else { throw Malformed() }
        return value
    }

    private static func isUTF8(_ text: [UInt8]) -> Bool { (try? UTF8Span(validating: text.span)) != nil }

    /// The next octet that is not white space.
    private var next: UInt8? {
        mutating get {
            while let octet = current, octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D {
                position += 1
            }
            return current
        }
    }

    private var current: UInt8? { position < text.count ? text[position] : nil }

    private mutating func value() throws(Malformed) -> JSONValue {
        switch next {
        case 0x7B: return try nested { (parser) throws(Malformed) in .object(try parser.object()) }
        case 0x5B: return try nested { (parser) throws(Malformed) in .array(try parser.array()) }
        case 0x22: return .string(try string())
        case 0x74: return try literal("true", .bool(true))
        case 0x66: return try literal("false", .bool(false))
        case 0x6E: return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(Malformed) -> JSONValue
    ) throws(Malformed) -> JSONValue {
        guard depth < deepest else { throw Malformed() }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(Malformed) -> JSONObject {
        var members: [JSONObject.Member] = []
        var names = NameSet()
        if next == 0x7D {
            position += 1
            return JSONObject(members: members)
        }
        // Claims are nine members.
        members.reserveCapacity(12)
        repeat {
            guard next == 0x22 else { throw Malformed() }
            let name = try string()
            guard names.insert(name, after: members), next == 0x3A else { throw Malformed() }
            position += 1
            members.append(JSONObject.Member(name: name, value: try value()))
        } while try another(before: 0x7D)
        return JSONObject(members: members)
    }

    private mutating func array() throws(Malformed) -> [JSONValue] {
        var elements: [JSONValue] = []
        if next == 0x5D {
            position += 1
            return elements
        }
        repeat { elements.append(try value()) } while try another(before: 0x5D)
        return elements
    }

    /// Whether a comma, and not the closing `end`, comes next; steps over it.
    private mutating func another(before end: UInt8) throws(Malformed) -> Bool {
        guard let octet = next, octet == 0x2C || octet == end else { throw Malformed() }
        position += 1
        return octet == 0x2C
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(Malformed) -> JSONValue {
        guard text[position...].starts(with: word.utf8) else { throw Malformed() }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(Malformed) -> String {
        let start = position
        if current == 0x2D { position += 1 }
        if current == 0x30 { position += 1 } else { try digits() }
        if current == 0x2E {
            position += 1
            try digits()
        }
        if current == 0x65 || current == 0x45 {
            position += 1
            if current == 0x2B || current == 0x2D { position += 1 }
            try digits()
        }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let octet = current, (0x30...0x39).contains(octet) { position += 1 }
        guard position > start else { throw Malformed() }
    }

    private mutating func string() throws(Malformed) -> String {
        position += 1
        let start = position
        position = text.span.endOfPlainText(from: start)
        guard current != 0x22 else {
            position += 1
            return String(decoding: text[start..<(position - 1)], as: UTF8.self)
        }
        var octets = Array(text[start..<position])
        while let octet = current, octet != 0x22 {
            guard octet >= 0x20 else { throw Malformed() }
            position += 1
            if octet == 0x5C {
                octets += String(Character(try escaped())).utf8
            } else {
                octets.append(octet)
            }
        }
        guard current == 0x22 else { throw Malformed() }
        position += 1
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func escaped() throws(Malformed) -> Unicode.Scalar {
        guard let octet = current else { throw Malformed() }
        position += 1
        switch octet {
        case 0x22, 0x5C, 0x2F: return Unicode.Scalar(octet)
        case 0x62: return "\u{8}"
        case 0x66: return "\u{C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75: return try unicodeEscape()
        default: throw Malformed()
        }
    }

    private mutating func unicodeEscape() throws(Malformed) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800...0xDBFF).contains(unit), text[position...].starts(with: #"\u"#.utf8) else { throw Malformed() }
        position += 2
        let low = try codeUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00))
        else { throw Malformed() }
        return scalar
    }

    private mutating func codeUnit() throws(Malformed) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let octet = current, let digit = Character(Unicode.Scalar(octet)).hexDigitValue else {
                throw Malformed()
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
