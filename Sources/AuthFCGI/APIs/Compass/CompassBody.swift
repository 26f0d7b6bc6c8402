import AuthDomain

/// What the bodies of the API have in common.
struct CompassBody {
    /// The fields by which a body names somebody; it needs one of them.
    static let identification: [BodyField] = [
        .address("email", isOptional: true), .string("phone_number", isOptional: true),
    ]

    let email: EmailAddress?
    let phone: PhoneNumber?

    /// Reads `email` and `phone_number`; an empty text is none.
    ///
    /// - Throws: `.invalid` with the field that is not what its name says.
    init(_ exchange: Exchange, callingCode: String?) throws(AuthError) {
        email = try Self.value("email", .email, in: exchange) { EmailAddress($0) }
        phone = try Self.value("phone_number", .phone, in: exchange) { PhoneNumber($0, callingCode: callingCode) }
    }

    /// By what the body names somebody, the email before the phone.
    var addresses: [Address] { [email.map { .email($0) }, phone.map { .phone($0) }].compactMap(\.self) }

    /// The same, of which there must be one.
    ///
    /// - Throws: `.missing(.email)`.
    var namedAddresses: [Address] {
        get throws(AuthError) {
            let addresses = addresses
            guard !addresses.isEmpty else { throw .missing(.email) }
            return addresses
        }
    }

    /// A code as it was told; one that cannot be a code is a wrong one.
    static func code(in exchange: Exchange) throws(AuthError) -> OneTimeCode {
        guard let code = OneTimeCode(try exchange.text("otp", required: .code)) else { throw .wrongCode }
        return code
    }

    /// A name that must be there.
    static func name(_ field: String, _ meaning: Field, in exchange: Exchange) throws(AuthError) -> DisplayName {
        guard let name = try value(field, meaning, in: exchange, DisplayName.init(_:)) else { throw .missing(meaning) }
        return name
    }

    private static func value<Value>(
        _ field: String, _ meaning: Field, in exchange: Exchange, _ parse: (String) -> Value?
    ) throws(AuthError) -> Value? {
        guard let text = exchange.text(field), !text.isEmpty else { return nil }
        guard let value = parse(text) else { throw .invalid(meaning) }
        return value
    }
}
