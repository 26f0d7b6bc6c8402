import AuthDomain

/// `get-code`, `signup-verify` and `resend-code`: from an address to an account.
extension Codes {
    static let signUpRoutes = [
        Route(
            .post, base + "/get-code", RequestSignUpCode.self, takes: [.address("email")],
            decode: { exchange throws(AuthError) in try email(in: exchange) },
            encode: { code, exchange throws(AuthError) in
                var data: [JSONObject.Member] = [.init(name: "email", value: .string(try email(in: exchange).typed))]
                if let code { data.append(.init(name: "verificationCode", value: .string(code.text))) }
                return .json(.created, ["status": "success", "data": .object(JSONObject(members: data))])
            }),
        Route(
            .post, base + "/signup-verify",
            takes: [.address("email"), .string("verificationCode"), .string("password")],
            refusing: [.noAccount: Refusal(.notFound, refusedCode)]
        ) { exchange, call, services throws(AuthError) in
            let issued = try CompleteSignUp.run(try signUp(in: exchange), in: call, with: services)
            return .json(
                .created,
                [
                    "status": "success", "message": "Email verified successfully",
                    "token": .string(try exchange.token(for: issued, in: call)),
                ])
        },
        Route(
            .post, base + "/resend-code", ResendCode.self, takes: [.address("email")],
            decode: { exchange throws(AuthError) in [.email(try email(in: exchange))] },
            encode: { _, _ in
                .json(.created, ["status": "success", "message": "Verification code resent successfully"])
            }),
    ]

    private static func email(in exchange: Exchange) throws(AuthError) -> EmailAddress {
        guard let email = EmailAddress(try exchange.text("email", required: .email)) else { throw .invalid(.email) }
        return email
    }

    private static func signUp(in exchange: Exchange) throws(AuthError) -> CompleteSignUp.Input {
        let email = try email(in: exchange)
        let code = try exchange.text("verificationCode", required: .code)
        let password = Password(try exchange.text("password", required: .password))
        guard let code = OneTimeCode(code) else { throw .invalid(.code) }
        return CompleteSignUp.Input(email: email, code: code, password: password)
    }
}
