/// One field of a request's body, as the API's document names it. The request check and the API description come
/// from it.
struct BodyField: Sendable {
    /// The JSON type that a value must have; `null` counts as absent.
    enum Kind: Sendable {
        case string
        /// A text that is, or may be, a mail address: the endpoint gets its domain in the A-label form.
        case address
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

    /// A text that is, or may be, a mail address.
    static func address(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name: name, kind: .address, isOptional: isOptional)
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
        case .string, .address:
            guard case .string = value else { throw .wrongType(field: name, expected: "a string") }
        case .integer:
            guard case .number(let text) = value, Int(text) != nil else {
                throw .wrongType(field: name, expected: "a whole number")
            }
        case .anything: break
        }
    }

    /// The body as the endpoint gets it.
    func read(_ body: JSONObject) -> JSONObject {
        switch kind {
        case .address:
            guard case .string(let text)? = body[name] else { return body }
            return body.setting(name, to: .string(ASCIIDomain.rewritten(text)))
        case .string, .integer, .anything: return body
        }
    }
}
