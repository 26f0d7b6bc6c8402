import AuthDomain

extension BodyField {
    /// What a value must be (JSON Schema 2020-12). Lengths that are of octets are those of characters at most.
    var schema: JSONValue {
        switch kind {
        case .string, .address: .fields([("type", "string")] + limits)
        case .integer: .fields([("type", "integer")] + limits)
        case .anything: .fields(limits)
        }
    }

    private var limits: [(String, JSONValue)] {
        guard let meaning else { return lengths(1...Int.max) }
        switch meaning {
        case .phone: return lengths(1...PhoneNumber.longestText)
        case .email: return [("format", "email")] + lengths(1...EmailAddress.longest)
        case .nickname: return [("pattern", .string(Nickname.pattern))]
        case .displayName, .firstName, .lastName, .color, .plate: return lengths(DisplayName.lengths)
        case .password: return lengths(1...PasswordPolicy.longestOctets)
        case .capacity:
            return [
                ("minimum", .integer(Ride.capacities.lowerBound)), ("maximum", .integer(Ride.capacities.upperBound)),
            ]
        case .vehicleKind: return [("pattern", .string("^(\(Self.vehicleKinds))$"))]
        case .identifiers:
            return [
                ("type", "array"), ("items", ["type": "string"]), ("minItems", .integer(1)),
                ("maxItems", .integer(FindAccounts.most)),
            ]
        case .login, .grant, .code: return lengths(1...Int.max)
        }
    }

    /// The kinds of vehicles in any case, as a pattern (ECMA-262 has no option for that within one).
    private static let vehicleKinds = Vehicle.Kind.allCases.map { kind in
        kind.rawValue.map { "[\($0)\($0.uppercased())]" }.joined()
    }.joined(separator: "|")

    /// The least length only where an empty text is refused and does not count as none.
    private func lengths(_ range: ClosedRange<Int>) -> [(String, JSONValue)] {
        (isOptional ? [] : [("minLength", .integer(range.lowerBound))])
            + (range.upperBound == .max ? [] : [("maxLength", .integer(range.upperBound))])
    }

    /// A value as clients send it.
    var example: JSONValue {
        switch kind {
        case .integer: .integer(4)
        case .anything: .array(["ada@example.org"])
        case .address: "ada@example.org"
        case .string: meaning == .code ? "123456" : .string(Self.examples[name] ?? "text")
        }
    }

    private static let examples = [
        "email": "ada@example.org", "recovery_email": "ada@example.org", "phone": "+33612345678",
        "phone_number": "+33612345678", "login": "ada", "nickname": "ada", "displayName": "Ada Lovelace",
        "fullName": "Ada Lovelace", "firstname": "Ada", "lastname": "Lovelace", "first_name": "Ada",
        "last_name": "Lovelace", "password": "SecurePass123+", "new_password": "SecurePass123+",
        "newPassword": "SecurePass123+", "color": "red",
        "plate": "AB123", "type": "car", "refreshToken": "r1.k1.bm9uY2U", "resetToken": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
    ]
}
