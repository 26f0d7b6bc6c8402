import AuthDomain

/// `login` and `me`.
extension Codes {
    static let sessionRoutes = [
        Route(
            .post, base + "/login", takes: [.address("email"), .string("password")],
            refusing: [
                .missing: Refusal(.badRequest, "Please provide email and password"),
                .noAccount: Refusal(.unauthorized, "Incorrect email or password"),
            ]
        ) { exchange, call, services throws(AuthError) in
            let output = try LogIn.run(try login(in: exchange), in: call, with: services)
            return .json(
                .ok, ["status": "success", "token": .string(try exchange.token(for: output.issued, in: call))])
        },
        Route(
            .get, base + "/me", by: [.bearer],
            caller: { exchange, call in exchange.caller(at: call.now) ?? ResolveSession.Input(session: nil) },
            respond: { session, _ in
                let account = session.account
                return .json(
                    .ok,
                    [
                        "status": "success",
                        "data": [
                            "id": .string(account.id.description), "email": .string(account.email?.typed ?? ""),
                            "isVerified": .bool(account.email.map { account.hasProven(.email($0)) } ?? false),
                        ],
                    ])
            }),
    ]

    private static func login(in exchange: Exchange) throws(AuthError) -> LogIn.Input {
        let email = EmailAddress(try exchange.text("email", required: .email))
        return LogIn.Input(
            identifiers: email.map { [.email($0)] } ?? [],
            password: Password(try exchange.text("password", required: .password)))
    }
}
