import AuthDomain

/// One public API: its numbers, its routes, and its words.
protocol API: Sendable {
    /// Its name in the configuration, the log and the metrics.
    var name: String { get }
    /// The population of accounts that it serves.
    var realm: String { get }
    /// Every number by which it differs.
    var policy: Policy { get }
    /// What it answers to.
    var routes: [Route] { get }
    /// The cookies by which it knows a client: a request that changes something by them must come from the same site.
    var cookies: [String] { get }

    /// What the description of the service says of each route, by `Operation.key`.
    var operations: [String: Operation] { get }

    /// Whether a path that no route has is one of this API's, to be refused in its envelope.
    func claims(_ path: String) -> Bool

    /// The sessions that a request carries in any of the forms this API gives them out in; whether they live is not
    /// looked up.
    func sessions(in exchange: Exchange, at now: Timestamp) -> [SessionSecret]

    /// What a client is told where a route has no words of its own. One `switch` without `default`: a new `AuthError`
    /// does not compile until every API answers it.
    func refusal(of error: AuthError) -> Refusal

    /// The refusal in the API's form.
    func envelope(_ refusal: Refusal) -> HTTPResponse
}

extension API {
    /// By default the paths of its routes, and what lies under them.
    func claims(_ path: String) -> Bool {
        routes.contains { path == $0.path || path.hasPrefix($0.path + "/") }
    }

    /// By default those in its cookies, sealed or as access tokens, and, where a route takes one, in a bearer token.
    func sessions(in exchange: Exchange, at now: Timestamp) -> [SessionSecret] {
        let sessions = cookies.compactMap { name in
            exchange.session(in: name) ?? exchange.token(in: name, at: now)?.session
        }
        guard routes.contains(where: { $0.credentials.contains(.bearer) }), let bearer = exchange.bearer else {
            return sessions
        }
        let tokens = exchange.sealing.tokens
        if let token = tokens.read(bearer, as: [.access, .bearer], realm: exchange.realm, at: now) {
            return sessions + [token.session]
        }
        return sessions + cookies.compactMap { exchange.session(sealed: bearer, as: $0) }
    }
}
