/// What values look like that are like an example (JSON Schema 2020-12).
struct JSONSchema {
    private let example: JSONValue
    private let nullable: Set<String>
    private let optional: Set<String>

    /// - Parameters:
    ///   - nullable: members, at any depth, that may be null.
    ///   - optional: members, at any depth, that may not be there.
    init(of example: JSONValue, nullable: Set<String> = [], optional: Set<String> = []) {
        self.example = example
        self.nullable = nullable
        self.optional = optional
    }

    /// The schema.
    var json: JSONValue { schema(of: example, mayBeNull: false) }

    private func schema(of value: JSONValue, mayBeNull: Bool) -> JSONValue {
        switch value {
        case .object(let object): schema(of: object, mayBeNull)
        case .array(let elements):
            .fields(
                [("type", Self.type("array", mayBeNull))]
                    + (elements.first.map { [("items", schema(of: $0, mayBeNull: false))] } ?? []))
        case .string: ["type": Self.type("string", mayBeNull)]
        case .number: ["type": Self.type("integer", mayBeNull)]
        case .bool: ["type": Self.type("boolean", mayBeNull)]
        case .null: [:]
        }
    }

    private func schema(of object: JSONObject, _ mayBeNull: Bool) -> JSONValue {
        var members: [(String, JSONValue)] = [("type", Self.type("object", mayBeNull))]
        let properties = object.members.map { member in
            (member.name, schema(of: member.value, mayBeNull: nullable.contains(member.name)))
        }
        if !properties.isEmpty { members.append(("properties", .fields(properties))) }
        let required = object.members.map(\.name).filter { !optional.contains($0) }
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
        return .fields(members)
    }

    private static func type(_ name: String, _ mayBeNull: Bool) -> JSONValue {
        mayBeNull ? .array([.string(name), "null"]) : .string(name)
    }
}
