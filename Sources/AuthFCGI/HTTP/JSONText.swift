import AuthDomain

/// A JSON object (RFC 8259) that is written as it goes, member after member, for answers that are asked for often: a
/// `JSONValue` is an array for each object and a text for each moment. Names are literals that need no escapes.
struct JSONText {
    private var octets: [UInt8] = []
    /// Whether the next member is its object's first.
    private var isFirst = true

    /// The octets of the object that `write` writes.
    static func octets(_ write: (inout JSONText) -> Void) -> [UInt8] {
        var text = JSONText()
        // Most answers fit: none is copied while it grows.
        text.octets.reserveCapacity(512)
        text.object(write)
        return text.octets
    }

    /// Adds a text; nil is `null`.
    mutating func add(_ name: StaticString, _ value: String?) {
        begin(name)
        if let value { JSONValue.write(value, to: &octets) } else { octets.append("null") }
    }

    /// Adds a truth.
    mutating func add(_ name: StaticString, _ value: Bool) {
        begin(name)
        octets.append(value ? "true" : "false")
    }

    /// Adds a moment as RFC 3339 has it.
    mutating func add(_ name: StaticString, _ value: Timestamp) {
        begin(name)
        octets.append(0x22)
        octets.append(octets: value.rfc3339Octets.span)
        octets.append(0x22)
    }

    /// Adds the object that `write` writes.
    mutating func add(_ name: StaticString, object write: (inout JSONText) -> Void) {
        begin(name)
        object(write)
    }

    private mutating func object(_ write: (inout JSONText) -> Void) {
        octets.append(0x7B)
        isFirst = true
        write(&self)
        octets.append(0x7D)
        isFirst = false
    }

    private mutating func begin(_ name: StaticString) {
        if !isFirst { octets.append(0x2C) }
        isFirst = false
        octets.append(0x22)
        octets.append(name)
        octets.append(0x22)
        octets.append(0x3A)
    }
}
