import AuthDomain

/// What a web server asks before it serves something of its own (nginx `auth_request`; FastCGI 1.0, 6.3).
extension Service {
    /// Whether the client is logged in, in the realm that the web server names.
    func verifyRoute() -> Route {
        Route(.get, HTTPRequest.authorization, by: [.bearer], respond: verify)
    }

    @Sendable
    private func verify(
        _ exchange: Exchange, _ call: CallContext, _ services: Services
    ) throws(AuthError) -> HTTPResponse {
        let request = exchange.request
        if request.isAuthorizer {
            guard let name = request.protectedRealm else {
                return .problem(.internalServerError, "The parameter AUTH_REALM is not set")
            }
            return Self.admitting(try login(in: name, exchange, call, services), to: name)
        }
        guard let name = QueryString(request.query)?["realm"], !name.isEmpty else {
            return .problem(.badRequest, "The parameter realm must be given once")
        }
        return Self.naming(try login(in: name, exchange, call, services), of: name)
    }

    /// Who is logged in, as the web server is told.
    private struct Login {
        let session: LoginSession
        let email: EmailAddress?

        /// Where it must not be told whether an address has an account, anybody may name any address, and an account is
        /// known by those alone that its owner has proven.
        init(_ session: LoginSession, isUniform: Bool) {
            let account = session.account
            self.session = session
            email = isUniform && !account.proven.contains(.email) ? nil : account.email
        }
    }

    /// The live session that the request carries, whichever of the realm's APIs gave it out.
    private func login(
        in name: String, _ exchange: Exchange, _ call: CallContext, _ services: Services
    ) throws(AuthError) -> Login {
        guard let realm = Realm(name, tenant: exchange.request.tenant) else { throw .noSession }
        let exchange = exchange.entering(realm)
        for api in apis where api.realm == name {
            let call = CallContext(now: call.now, realm: realm, policy: api.policy)
            for secret in api.sessions(in: exchange, at: call.now) {
                do throws(AuthError) {
                    let session = try InspectSession.run(secret, in: call, with: services)
                    return Login(session, isUniform: call.policy.isUniform)
                } catch .noSession {
                    continue
                }
            }
        }
        throw .noSession
    }

    private static func naming(_ login: Login, of realm: String) -> HTTPResponse {
        var response = HTTPResponse(.noContent)
        response.add("X-Auth-User", login.session.account.id.description)
        if let email = login.email { response.add("X-Auth-Email", email.key) }
        response.add("X-Auth-Realm", realm)
        response.add("X-Auth-Session", login.session.publicID)
        return response
    }

    private static func admitting(_ login: Login, to realm: String) -> HTTPResponse {
        var response = HTTPResponse(.ok)
        response.add("Variable-X_AUTH_USER", login.session.account.id.description)
        if let email = login.email { response.add("Variable-X_AUTH_EMAIL", email.key) }
        response.add("Variable-X_AUTH_REALM", realm)
        response.add("Variable-X_AUTH_SESSION", login.session.publicID)
        return response
    }
}

extension LoginSession {
    /// The session's name for logs and for whoever the web server passes it to: the first 8 octets of its digest in
    /// hexadecimal digits. It opens nothing.
    fileprivate var publicID: String { Hexadecimal.text(digest.octets.prefix(8)) }
}
