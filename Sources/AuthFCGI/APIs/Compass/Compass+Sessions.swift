import AuthDomain

/// Login, logout, and who is logged in.
extension Compass {
    private static let holder: [Credential] = [.cookie(cookie), .bearer]

    static func loginRoutes(callingCode: String?) -> [Route] {
        [
            Route(.post, "/user/login", takes: CompassBody.identification + [.string("password")]) {
                exchange, call, services throws(AuthError) in
                let addresses = try CompassBody(exchange, callingCode: callingCode).namedAddresses
                let input = LogIn.Input(
                    identifiers: addresses.map(\.identifier), mustAgree: true,
                    password: Password(try exchange.text("password", required: .password)),
                    session: exchange.session(in: cookie))
                let output = try LogIn.run(input, in: call, with: services)
                let token = try exchange.sealed(output.issued.session, as: cookie)
                let response = HTTPResponse.json(
                    .ok,
                    [
                        "message": "Login successful", "session_token": .string(token),
                        "expires_at": .string((call.now + output.issued.lifetime).rfc3339),
                        "user": user(output.account),
                    ])
                return exchange.setting(cookie, value: token, lifetime: output.issued.lifetime, on: response)
            }
        ]
    }

    static let sessionRoutes = [
        logout(.get), logout(.post),
        Route(
            .get, "/user/session", ResolveSession.self, by: holder,
            decode: { exchange in ResolveSession.Input(session: session(of: exchange)) },
            encode: { session, _ in
                .json(
                    .ok,
                    [
                        "message": "Session is active",
                        "session": [
                            "id": .string(Hexadecimal.text(session.digest.octets.prefix(publicIDLength))),
                            "created_at": .string(session.created.rfc3339),
                            "expires_at": .string(session.expires.rfc3339),
                            "last_seen_at": .string(session.seen.rfc3339),
                        ],
                        "user": user(session.account),
                    ])
            }),
    ]

    /// How many octets of a session's digest name it to its owner: enough to tell sessions apart, and nothing that
    /// one could be found or used by.
    private static let publicIDLength = 12

    /// Logging out, which changes something by `GET` too: no page of another site may make a browser send it.
    private static func logout(_ method: HTTPMethod) -> Route {
        Route(method, "/user/logout", by: holder, isGuarded: true) { exchange, call, services throws(AuthError) in
            try LogOut.run(session(of: exchange), in: call, with: services)
            return exchange.clearing(cookie, on: done("Successfully logged out"))
        }
    }

    /// The session that a request carries: in its bearer token, or where it has none, in its cookie.
    private static func session(of exchange: Exchange) -> SessionSecret? {
        guard let token = exchange.bearer else { return exchange.session(in: cookie) }
        return exchange.session(sealed: token, as: cookie)
    }

    /// An account as its owner sees it. That there is one means that it was verified.
    private static func user(_ account: Account) -> JSONValue {
        [
            "id": .string("\(account.id)"),
            "email": account.email.map { .string($0.typed) } ?? .null,
            "phone_number": account.phone.map { .string($0.typed) } ?? .null,
            "first_name": account.profile.firstName.map { .string($0.text) } ?? .null,
            "last_name": account.profile.lastName.map { .string($0.text) } ?? .null,
            "verified": .bool(!account.proven.isEmpty),
        ]
    }
}
