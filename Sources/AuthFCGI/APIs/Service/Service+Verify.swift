import AuthDomain

/// What a web server asks before it serves something of its own (nginx `auth_request`; FastCGI 1.0, 6.3).
extension Service {
    /// Whether the client is logged in, in the realm that the web server names.
    func verifyRoute() -> Route {
        Route(
            .get, HTTPRequest.authorization, by: [.bearer], takes: nil, isGuarded: nil, refusing: [:], refusingBy: [],
            reply: verify)
    }

    @Sendable
    private func verify(_ exchange: Exchange, _ call: CallContext, _ services: Services) throws(AuthError) -> Reply {
        let request = exchange.request
        if request.isAuthorizer {
            guard let name = request.protectedRealm else {
                return .answer(.problem(.internalServerError, "The parameter AUTH_REALM is not set"))
            }
            return try Self.first(of: claims(to: name, exchange, call, services)[...]) { Self.admitting($0, to: name) }
        }
        guard let name = QueryString(request.query)?["realm"], !name.isEmpty else {
            return .answer(.problem(.badRequest, "The parameter realm must be given once"))
        }
        return try Self.first(of: claims(to: name, exchange, call, services)[...]) { Self.naming($0, of: name) }
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

    /// A session that the request carries, and how the API tells of its accounts that gave it out.
    private typealias Candidate = (claim: SessionClaim, isUniform: Bool)

    /// The sessions that the request carries, whichever of the realm's APIs gave them out.
    private func claims(
        to name: String, _ exchange: Exchange, _ call: CallContext, _ services: Services
    ) throws(AuthError) -> [Candidate] {
        guard let realm = Realm(name, tenant: exchange.request.tenant) else { return [] }
        let exchange = exchange.entering(realm)
        var claims: [Candidate] = []
        for api in apis where api.realm == name {
            let call = CallContext(now: call.now, realm: realm, policy: api.policy)
            for secret in api.sessions(in: exchange, at: call.now) {
                claims.append((try InspectSession.claim(secret, in: call, with: services), call.policy.isUniform))
            }
        }
        return claims
    }

    /// The answer to the first of the claims that is of a live session.
    private static func first(
        of claims: ArraySlice<Candidate>, answer: @escaping @Sendable (Login) -> HTTPResponse
    ) throws(AuthError) -> Reply {
        guard let (claim, isUniform) = claims.first else { throw .noSession }
        return .asks(claim) { found, _ throws(AuthError) in
            do throws(AuthError) {
                return .answer(answer(Login(try found.get(), isUniform: isUniform)))
            } catch .noSession {
                return try first(of: claims.dropFirst(), answer: answer)
            }
        }
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
