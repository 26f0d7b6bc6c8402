import AuthDomain

/// The fields of bodies by name, and what is told of one that cannot stay as it is.
extension Ride {
    /// The refusal that names every such field.
    static func rejection(_ violations: [AuthError.Violation]) -> Refusal {
        Refusal(
            .badRequest, "Validation failed",
            details: violations.map { violation in
                let name = name(of: violation.field)
                return Refusal.Detail(
                    field: name,
                    message: "\(name) \(violation.isMissing ? "is required" : demand(on: violation.field))")
            })
    }

    /// What the documents call a field.
    static func name(of field: Field) -> String {
        switch field {
        case .phone: "phone"
        case .email: "email"
        case .nickname: "nickname"
        case .displayName: "displayName"
        case .password: "password"
        case .code: "otp"
        case .login: "login"
        case .firstName: "firstname"
        case .lastName: "lastname"
        case .color: "color"
        case .plate: "plate"
        case .capacity: "capacity"
        case .vehicleKind: "type"
        case .identifiers: "identifiers"
        case .grant: "resetToken"
        }
    }

    private static func demand(on field: Field) -> String {
        switch field {
        case .phone: "must be a valid phone number"
        case .email: "must be a valid email address"
        case .password:
            "must have at least 8 characters, among them upper and lower case letters, digits and symbols, "
                + "and be neither common nor the email or phone"
        case .capacity: "must be a whole number from \(capacities.lowerBound) to \(capacities.upperBound)"
        case .vehicleKind: "must be \(Vehicle.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
        case .firstName, .lastName, .color, .plate: "must be 1 to 128 printable characters"
        case .nickname, .displayName, .code, .login, .identifiers, .grant: "is invalid"
        }
    }

    /// Seats that a vehicle may have.
    static let capacities = 1...1_000
}
