/// One field of a request's body, as the API's document names it. The request check and the API description come
/// from it.
struct BodyField: Sendable {
    /// The JSON type that a value must have; `null` counts as absent.
    enum Kind: Sendable {
        case string
        /// A whole number.
        case integer
        /// Whatever it is: the endpoint judges it in its own words.
        case anything
    }

    let name: String
    let kind: Kind
    /// Whether the call is complete without it.
    let isOptional: Bool

    /// A text.
    static func string(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name: name, kind: .string, isOptional: isOptional)
    }

    /// A whole number.
    static func integer(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name: name, kind: .integer, isOptional: isOptional)
    }

    /// A value that the endpoint judges in its own words.
    static func anything(_ name: String) -> BodyField {
        BodyField(name: name, kind: .anything, isOptional: false)
    }

    /// Refuses a value of another type, naming the field.
    func check(_ body: JSONObject) throws(HTTPFault) {
        guard let value = body[name] else { return }
        switch kind {
        case .string:
            guard case .string = value else { throw .wrongType(field: name, expected: "a string") }
        case .integer:
            guard case .number(let text) = value, Int(text) != nil else {
                throw .wrongType(field: name, expected: "a whole number")
            }
        case .anything: break
        }
    }
}
