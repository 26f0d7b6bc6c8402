import AuthDomain

/// Login, logout, and who is logged in.
extension Twake {
    static let sessionRoutes = [
        Route(
            .post, "/api/login", LogIn.self, takes: [.address("login"), .string("password")],
            decode: { exchange throws(AuthError) in
                LogIn.Input(
                    identifiers: AccountIdentifier.readings(ofLogin: try exchange.text("login", required: .login)),
                    password: Password(try exchange.text("password", required: .password)),
                    session: exchange.session(in: cookie))
            },
            encode: { output, exchange throws(AuthError) in
                try exchange.setting(
                    cookie, to: output.issued.session, lifetime: output.issued.lifetime, on: .text(.ok, "ok"))
            },
            refusing: [.missing: Refusal(.unauthorized, "Invalid credentials")]),
        Route(
            .get, "/api/session", by: holder,
            caller: { exchange, _ in ResolveSession.Input(session: exchange.session(in: cookie)) },
            respond: { session, _ in
                let account = session.account
                return .json(
                    .ok,
                    [
                        "nickname": .string(account.nickname?.typed ?? ""),
                        "displayName": account.profile.displayName.map { .string($0.text) } ?? .null,
                        "phone": .string(account.phone?.typed ?? ""),
                    ])
            }),
        Route(
            .post, "/api/logout", LogOut.self, by: holder,
            decode: { exchange in exchange.session(in: cookie) },
            encode: { _, exchange in exchange.clearing(cookie, on: .text(.ok, "ok")) }),
    ]
}
