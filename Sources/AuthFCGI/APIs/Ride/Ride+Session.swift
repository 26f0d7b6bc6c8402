import AuthDomain

/// `login`, `profile`, `logout` and `refresh-token`.
extension Ride {
    var sessionRoutes: [Route] { [logIn, profile, logOut, refresh] }

    private var logIn: Route {
        Route(
            .post, "\(role.base)/login", takes: [.address("email"), .string("password")],
            refusing: [.noAccount: Refusal(.unauthorized, "Invalid email or password")]
        ) { exchange, call, services throws(AuthError) in
            var form = Form(exchange)
            let email = form.value(.email, EmailAddress.init(_:))
            let password = form.value(.password, Password.init(_:))
            guard let email, let password else { throw .unacceptable(form.violations) }
            let renewing = refreshToken(among: exchange.request.cookies(named: Self.refreshCookie), exchange)
            let output = try LogIn.run(
                LogIn.Input(
                    identifiers: [.email(email)], password: password,
                    session: renewing?.session ?? session(in: exchange, at: call.now)),
                in: call, with: services)
            let tokens = try tokens(of: output.issued, exchange, call)
            let answer = Self.answer(
                .ok, "Logged in successfully",
                [
                    "loggedIn\(role.noun)": details(of: output.account), "accessToken": .string(tokens.access),
                    "refreshToken": .string(tokens.refresh),
                ])
            return setting(tokens, exchange, on: answer)
        }
    }

    private var profile: Route {
        Route(
            .get, "\(role.base)/profile", by: Self.credentials,
            caller: { exchange, call in ResolveSession.Input(session: session(in: exchange, at: call.now)) },
            respond: { session, _ in
                Self.answer(.ok, "\(role.noun) fetched Successfully", details(of: session.account))
            })
    }

    private var logOut: Route {
        Route(.post, "\(role.base)/logout", by: Self.credentials) { exchange, call, services throws(AuthError) in
            try LogOut.run(session(in: exchange, at: call.now), in: call, with: services)
            return clearing(exchange, on: Self.answer(.ok, "Logged out successfully"))
        }
    }

    private var refresh: Route {
        Route(
            .post, "\(role.base)/refresh-token", by: [.cookie(Self.refreshCookie), .body],
            takes: [.string("refreshToken", isOptional: true)],
            refusing: [.noSession: Refusal(.unauthorized, "Invalid or expired refresh token")]
        ) { exchange, call, services throws(AuthError) in
            let texts =
                exchange.text("refreshToken").map { [$0] } ?? exchange.request.cookies(named: Self.refreshCookie)
            guard let token = refreshToken(among: texts, exchange) else { throw .noSession }
            let output = try RefreshSession.run(
                RefreshSession.Input(session: token.session, generation: token.generation), in: call, with: services)
            let tokens = try tokens(
                of: output.session, for: output.login.account.id, generation: output.generation,
                until: output.login.expires, exchange, call)
            let answer = Self.answer(
                .ok, "Token refreshed successfully",
                ["accessToken": .string(tokens.access), "refreshToken": .string(tokens.refresh)])
            return setting(tokens, exchange, on: answer)
        }
    }
}
