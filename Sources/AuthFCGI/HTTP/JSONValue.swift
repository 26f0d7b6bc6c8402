/// A JSON value (RFC 8259). A number that was read is kept as its text: nothing is lost by reading it.
enum JSONValue: Equatable, Sendable {
    case object(JSONObject)
    case array([JSONValue])
    case string(String)
    case number(String)
    case bool(Bool)
    case null

    /// A whole number.
    static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

    /// The shortest JSON text of the value, in UTF-8.
    var octets: [UInt8] {
        var octets: [UInt8] = []
        // Most answers fit: none is copied while it grows.
        octets.reserveCapacity(512)
        write(to: &octets)
        return octets
    }

    private func write(to octets: inout [UInt8]) {
        switch self {
        case .object(let object):
            octets.append(0x7B)
            for (index, member) in object.members.enumerated() {
                if index > 0 { octets.append(0x2C) }
                Self.write(member.name, to: &octets)
                octets.append(0x3A)
                member.value.write(to: &octets)
            }
            octets.append(0x7D)
        case .array(let elements):
            octets.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { octets.append(0x2C) }
                element.write(to: &octets)
            }
            octets.append(0x5D)
        case .string(let text): Self.write(text, to: &octets)
        case .number(let text): octets.append(text: text)
        case .bool(let value): octets.append(value ? "true" : "false")
        case .null: octets.append("null")
        }
    }

    /// Appends a text as a JSON string.
    static func write(_ text: String, to octets: inout [UInt8]) {
        octets.append(0x22)
        let source = text.utf8.span
        // Most texts go as they are: copied whole, not octet by octet.
        if source.endOfPlainText(from: 0) < source.count {
            for index in source.indices { escape(source[index], to: &octets) }
        } else {
            octets.append(octets: source)
        }
        octets.append(0x22)
    }

    private static func escape(_ octet: UInt8, to octets: inout [UInt8]) {
        switch octet {
        case 0x22, 0x5C:
            octets.append(0x5C)
            octets.append(octet)
        case 0x0A: octets += #"\n"#.utf8
        case 0x0D: octets += #"\r"#.utf8
        case 0x09: octets += #"\t"#.utf8
        case 0x00...0x1F:
            let digits = Array("0123456789abcdef".utf8)
            octets += #"\u00"#.utf8
            octets.append(digits[Int(octet >> 4)])
            octets.append(digits[Int(octet & 15)])
        default: octets.append(octet)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral text: String) { self = .string(text) }

    init(booleanLiteral value: Bool) { self = .bool(value) }

    init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(JSONObject(members: members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}
