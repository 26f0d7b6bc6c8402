/// One field of a request's body, as the API's document names it. The request check and the API description come
/// from it.
struct BodyField: Sendable {
    /// The JSON type that a value must have; `null` counts as absent.
    enum Kind: Sendable { case string }

    let name: String
    let kind: Kind
    /// Whether the call is complete without it.
    let isOptional: Bool

    /// A text.
    static func string(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name: name, kind: .string, isOptional: isOptional)
    }

    /// Refuses a value of another type, naming the field.
    func check(_ body: JSONObject) throws(HTTPFault) {
        guard let value = body[name] else { return }
        switch (kind, value) {
        case (.string, .string): return
        case (.string, .object), (.string, .array), (.string, .number), (.string, .bool), (.string, .null):
            throw .wrongType(field: name, expected: "a string")
        }
    }
}
