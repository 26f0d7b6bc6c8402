import AuthDomain

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
    /// What it means, as far as its name tells; the limits of its values come with that.
    let meaning: Field?
    /// Whether the call is complete without it.
    let isOptional: Bool

    private init(_ name: String, _ kind: Kind, _ meaning: Field?, isOptional: Bool) {
        self.name = name
        self.kind = kind
        self.meaning = meaning
        self.isOptional = isOptional
    }

    /// What names mean in the documents of all APIs.
    private static let meanings: [String: Field] = [
        "phone": .phone, "phone_number": .phone, "email": .email, "recovery_email": .email, "login": .login,
        "nickname": .nickname, "displayName": .displayName, "fullName": .displayName, "firstname": .firstName,
        "first_name": .firstName, "lastname": .lastName, "last_name": .lastName, "password": .password,
        "new_password": .password, "newPassword": .password, "otp": .code, "verificationCode": .code,
        "color": .color, "plate": .plate, "capacity": .capacity, "type": .vehicleKind, "identifiers": .identifiers,
        "refreshToken": .grant, "resetToken": .grant,
    ]

    /// A text; `meaning` where it is not what the name says.
    static func string(_ name: String, _ meaning: Field? = nil, isOptional: Bool = false) -> BodyField {
        BodyField(name, .string, meaning ?? meanings[name], isOptional: isOptional)
    }

    /// A text that is no value of a field, whatever its name: of any length but empty.
    static func words(_ name: String) -> BodyField { BodyField(name, .string, nil, isOptional: false) }

    /// A text that is, or may be, a mail address.
    static func address(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name, .address, meanings[name], isOptional: isOptional)
    }

    /// A whole number.
    static func integer(_ name: String, isOptional: Bool = false) -> BodyField {
        BodyField(name, .integer, meanings[name], isOptional: isOptional)
    }

    /// A value that the endpoint judges in its own words.
    static func anything(_ name: String) -> BodyField {
        BodyField(name, .anything, meanings[name], isOptional: false)
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
