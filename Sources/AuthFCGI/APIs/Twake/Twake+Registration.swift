import AuthDomain

/// `send-otp`, `check-otp` and `register`: from a phone number to an account.
extension Twake {
    static let registrationRoutes = [
        Route(
            .post, "/api/send-otp", SendCode.self, takes: [.string("phone")],
            decode: { exchange throws(AuthError) in
                guard let phone = PhoneNumber(try exchange.text("phone", required: .phone)) else {
                    throw .invalid(.phone)
                }
                return SendCode.Input(phone: phone, session: exchange.session(in: cookie))
            },
            encode: { output, exchange throws(AuthError) in
                try exchange.setting(
                    cookie, to: output.session, lifetime: output.lifetime, on: .text(.ok, "ok"))
            },
            refusing: [
                .missing: Refusal(.badRequest, "Invalid phone number"),
                .invalid: Refusal(.badRequest, "Invalid phone number"),
                .taken: Refusal(.badRequest, "Phone number is already in use"),
            ]),
        Route(
            .post, "/api/check-otp", CheckCode.self, by: holder, takes: [.string("password", .code)],
            decode: { exchange throws(AuthError) in
                guard let code = OneTimeCode(try exchange.text("password", required: .code)) else {
                    throw .invalid(.code)
                }
                return CheckCode.Input(session: exchange.session(in: cookie), code: code)
            },
            encode: { output, exchange throws(AuthError) in
                try exchange.setting(
                    cookie, to: output.session, lifetime: output.lifetime, on: .text(.ok, "ok"))
            },
            refusing: [
                .missing: Refusal(.badRequest, "Malformed request"),
                .invalid: Refusal(.badRequest, "Malformed request"),
            ]),
        Route(
            .post, "/api/register", by: holder,
            takes: [
                .string("nickname"), .string("password"), .string("displayName", isOptional: true),
                .address("recovery_email", isOptional: true),
            ]
        ) { exchange, call, services throws(AuthError) in
            let output = try Register.run(try proven(account, exchange, call, services), in: call, with: services)
            return try exchange.setting(
                cookie, to: output.session, lifetime: output.lifetime, on: .text(.created, "ok"))
        },
    ]

    /// What `decode` reads. Who has proven no phone is told that first, whatever else is wrong.
    private static func proven(
        _ decode: (Exchange) throws(AuthError) -> Register.Input, _ exchange: Exchange, _ call: CallContext,
        _ services: Services
    ) throws(AuthError) -> Register.Input {
        do throws(AuthError) {
            return try decode(exchange)
        } catch {
            _ = try Register.provenPhone(in: exchange.session(in: cookie), call, services)
            throw error
        }
    }

    private static func account(in exchange: Exchange) throws(AuthError) -> Register.Input {
        let nickname = try exchange.text("nickname", required: .nickname)
        let password = Password(try exchange.text("password", required: .password))
        guard let nickname = Nickname(nickname) else { throw .invalid(.nickname) }
        guard password.isHashable else { throw .invalid(.password) }
        return Register.Input(
            session: exchange.session(in: cookie), nickname: nickname, password: password,
            displayName: try optional("displayName", .displayName, in: exchange, DisplayName.init(_:)),
            email: try optional("recovery_email", .email, in: exchange, EmailAddress.init(_:)))
    }

    /// An optional field's value; an empty text is no value.
    private static func optional<Value>(
        _ name: String, _ field: Field, in exchange: Exchange, _ parse: (String) -> Value?
    ) throws(AuthError) -> Value? {
        guard let text = exchange.text(name), !text.isEmpty else { return nil }
        guard let value = parse(text) else { throw .invalid(field) }
        return value
    }
}
