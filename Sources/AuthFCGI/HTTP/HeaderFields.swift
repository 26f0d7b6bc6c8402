/// Fields of a header as they stand in an answer: octets, each field with its line's end.
struct HeaderFields: Sendable, Equatable {
    /// One field.
    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// The lines.
    private(set) var octets: [UInt8] = []

    /// No fields, and room for those of a usual answer.
    init() { octets.reserveCapacity(256) }

    /// Fields that many answers have, to be added together.
    init(_ fields: KeyValuePairs<StaticString, String>) {
        for (name, value) in fields { add(name, value) }
    }

    /// Adds a field. A value with a control character is left out: no value can end a field and begin another.
    mutating func add(_ name: StaticString, _ value: String) {
        guard !value.utf8.span.hasControl else { return }
        octets.append(name)
        octets.append(": ")
        octets.append(text: value)
        octets.append("\r\n")
    }

    /// Makes room for so many octets more: those of fields to come, which then are added without a copy for each.
    mutating func reserve(_ count: Int) { octets.reserveCapacity(octets.count + count) }

    /// Adds further fields.
    mutating func add(_ fields: HeaderFields) { octets += fields.octets }

    /// The fields, one by one.
    var all: [Field] {
        octets.split(separator: 0x0A).compactMap { line in
            guard let colon = line.firstIndex(of: 0x3A) else { return nil }
            return Field(
                name: String(decoding: line[..<colon], as: UTF8.self),
                value: String(decoding: line[colon...].dropFirst(2).dropLast(), as: UTF8.self))
        }
    }
}
