import AuthDomain

/// Sessions as clients of this API carry them: a signed access token, and a refresh token that renews it.
extension Ride {
    /// What a client gets for its session.
    struct Tokens {
        let access: String
        let refresh: String
        /// How long the access token is good.
        let accessLifetime: Duration
        /// How long the session lasts unless it is renewed.
        let lifetime: Duration
    }

    /// The tokens of a session that lasts until `expires`; no access token outlives it.
    func tokens(
        of session: SessionSecret, for account: AccountID, generation: Int, until expires: Timestamp,
        _ exchange: Exchange, _ call: CallContext
    ) throws(AuthError) -> Tokens {
        let sealing = exchange.sealing.tokens
        let accessExpires = min(call.now + call.policy.tokens.access, expires)
        return Tokens(
            access: try sealing.issue(
                .access, Token(session: session, account: account), realm: exchange.realm, at: call.now,
                expires: accessExpires),
            refresh: try sealing.issue(
                RefreshToken(session: session, generation: generation), realm: exchange.realm),
            accessLifetime: accessExpires.since(call.now), lifetime: expires.since(call.now))
    }

    /// The tokens of a session that has just begun.
    func tokens(of issued: Issued, _ exchange: Exchange, _ call: CallContext) throws(AuthError) -> Tokens {
        try tokens(
            of: issued.session, for: issued.account, generation: 0, until: call.now + issued.lifetime, exchange, call)
    }

    /// The answer with both tokens in their cookies.
    func setting(_ tokens: Tokens, _ exchange: Exchange, on response: HTTPResponse) -> HTTPResponse {
        let response = exchange.setting(
            Self.accessCookie, value: tokens.access, lifetime: tokens.accessLifetime, on: response)
        return exchange.setting(
            Self.refreshCookie, value: tokens.refresh, lifetime: tokens.lifetime, path: role.base, on: response)
    }

    /// The answer that makes the client forget both.
    func clearing(_ exchange: Exchange, on response: HTTPResponse) -> HTTPResponse {
        exchange.clearing(
            Self.refreshCookie, path: role.base, on: exchange.clearing(Self.accessCookie, on: response))
    }

    /// The session that the request's access token names: the bearer's where there is one, else the cookie's. Of two
    /// cookies that name two sessions, neither is meant.
    func session(in exchange: Exchange, at now: Timestamp) -> SessionSecret? {
        let texts = exchange.bearer.map { [$0] } ?? exchange.request.cookies(named: Self.accessCookie)
        let secrets = texts.compactMap { text in
            exchange.sealing.tokens.read(text, as: .access, realm: exchange.realm, at: now)?.session
        }
        guard let first = secrets.first, secrets.allSatisfy({ $0.octets == first.octets }) else { return nil }
        return first
    }

    /// The refresh token that stands in `texts`; of two that are not one token, neither is meant.
    func refreshToken(among texts: [String], _ exchange: Exchange) -> RefreshToken? {
        let tokens = texts.compactMap { exchange.sealing.tokens.readRefresh($0, realm: exchange.realm) }
        guard let first = tokens.first,
            tokens.allSatisfy({ $0.session.octets == first.session.octets && $0.generation == first.generation })
        else { return nil }
        return first
    }

    /// Whose login session the request carries.
    ///
    /// - Throws: `.noSession`.
    func login(
        in exchange: Exchange, _ call: CallContext, _ services: Services
    ) throws(AuthError) -> LoginSession {
        try ResolveSession.run(
            ResolveSession.Input(session: session(in: exchange, at: call.now)), in: call, with: services)
    }

    /// By what an endpoint for those who are logged in knows them.
    static let credentials: [Credential] = [.bearer, .cookie(accessCookie)]
}
