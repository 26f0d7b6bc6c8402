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
                let response = HTTPResponse.json(.ok) { answer in
                    answer.add("message", "Login successful")
                    answer.add("session_token", token)
                    answer.add("expires_at", call.now + output.issued.lifetime)
                    answer.add("user") { write(output.account, to: &$0) }
                }
                return exchange.setting(cookie, value: token, lifetime: output.issued.lifetime, on: response)
            }
        ]
    }

    static let sessionRoutes = [
        logout(.get), logout(.post),
        Route(
            .get, "/user/session", by: holder,
            caller: { exchange, _ in ResolveSession.Input(session: session(of: exchange)) },
            respond: { session, _ in
                .json(.ok) { answer in
                    answer.add("message", "Session is active")
                    answer.add("session") { part in
                        part.add("id", session.publicID)
                        part.add("created_at", session.created)
                        part.add("expires_at", session.expires)
                        part.add("last_seen_at", session.seen)
                    }
                    answer.add("user") { write(session.account, to: &$0) }
                }
            }),
    ]

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
    private static func write(_ account: Account, to text: inout JSONText) {
        text.add("id", account.id.description)
        text.add("email", account.email?.typed)
        text.add("phone_number", account.phone?.typed)
        text.add("first_name", account.profile.firstName?.text)
        text.add("last_name", account.profile.lastName?.text)
        text.add("verified", !account.proven.isEmpty)
    }
}
