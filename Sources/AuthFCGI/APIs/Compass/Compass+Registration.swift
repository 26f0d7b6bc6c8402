import AuthDomain

/// `create`, `create/verify` and `create/resend-otp`: from an address to an account.
extension Compass {
    private static let noneToVerify = "User is already verified or does not exist"

    static func registrationRoutes(callingCode: String?) -> [Route] {
        [
            Route(
                .post, "/user/create", SignUp.self,
                takes: CompassBody.identification + [
                    .string("password"), .string("first_name"), .string("last_name"),
                ],
                decode: { exchange throws(AuthError) in
                    try registration(in: exchange, CompassBody(exchange, callingCode: callingCode))
                },
                encode: { output, exchange throws(AuthError) in
                    let response = HTTPResponse.json(
                        .ok,
                        [
                            "message": "User created successfully, OTP sent",
                            "user_id": .string("\(output.issued.account)"),
                            "expires_in": .integer(output.codeLifetime.components.seconds),
                        ])
                    return try exchange.setting(
                        cookie, to: output.issued.session, lifetime: output.issued.lifetime, on: response)
                }),
            Route(
                .post, "/user/create/verify", VerifySignUp.self, by: [.cookie(cookie), .body],
                takes: [.string("otp")] + CompassBody.identification,
                decode: { exchange throws(AuthError) in
                    let code = try CompassBody.code(in: exchange)
                    let addresses = try CompassBody(exchange, callingCode: callingCode).addresses
                    let session = exchange.session(in: cookie)
                    if addresses.isEmpty, session == nil { throw .alreadyVerified }
                    return VerifySignUp.Input(code: code, addresses: addresses, session: session)
                },
                encode: { issued, exchange throws(AuthError) in
                    let response = HTTPResponse.json(
                        .ok, ["message": "User verified successfully", "user_id": .string("\(issued.account)")])
                    return try exchange.setting(cookie, to: issued.session, lifetime: issued.lifetime, on: response)
                },
                refusing: [
                    .missing: Refusal(.badRequest, "OTP is required"),
                    .alreadyVerified: Refusal(.badRequest, noneToVerify),
                ]),
            Route(
                .post, "/user/create/resend-otp", ResendCode.self, takes: CompassBody.identification,
                decode: { exchange throws(AuthError) in
                    try CompassBody(exchange, callingCode: callingCode).namedAddresses
                },
                encode: { _, _ in done("OTP sent successfully") }),
        ]
    }

    private static func registration(in exchange: Exchange, _ body: CompassBody) throws(AuthError) -> SignUp.Input {
        _ = try body.namedAddresses
        let password = Password(try exchange.text("password", required: .password))
        return SignUp.Input(
            email: body.email, phone: body.phone, password: password,
            profile: Profile(
                firstName: try CompassBody.name("first_name", .firstName, in: exchange),
                lastName: try CompassBody.name("last_name", .lastName, in: exchange)))
    }
}
