import AuthDomain

/// One endpoint as a value: what it answers to, what it takes, which use case serves it, and its codecs.
struct Route: Sendable {
    let method: HTTPMethod
    /// The path; a last segment that begins with a colon stands for any one segment.
    let path: String
    /// By what it knows who calls; empty when anybody may.
    let credentials: [Credential]
    /// Whether a page of another site must not make a browser send it.
    let isGuarded: Bool
    /// The fields of the JSON body; nil when the call takes none and ignores one.
    let body: [BodyField]?
    /// Decodes, runs the use case, encodes; or says whose session must be known first.
    let reply: @Sendable (Exchange, CallContext, Services) throws(AuthError) -> Reply
    /// The words of this endpoint where it answers an error unlike its API does.
    let refusals: [AuthError.Reason: Refusal]
    /// By which reasons the use case that serves it may refuse; empty where it answers by itself.
    let useCaseRefusals: Set<AuthError.Reason>

    /// An endpoint served by a use case.
    init<U: UseCase>(
        _ method: HTTPMethod, _ path: String, _ useCase: U.Type, by credentials: [Credential] = [],
        takes body: [BodyField]? = nil,
        decode: @escaping @Sendable (Exchange) throws(AuthError) -> U.Input,
        encode: @escaping @Sendable (U.Output, Exchange) throws(AuthError) -> HTTPResponse,
        refusing refusals: [AuthError.Reason: Refusal] = [:]
    ) {
        self.init(
            method, path, by: credentials, takes: body, refusing: refusals, refusingBy: U.refusals
        ) { exchange, call, services throws(AuthError) -> HTTPResponse in
            try encode(try U.run(try decode(exchange), in: call, with: services), exchange)
        }
    }

    /// An endpoint for whoever is logged in, who is `caller`. `respond` waits for nothing.
    init(
        _ method: HTTPMethod, _ path: String, by credentials: [Credential],
        caller: @escaping @Sendable (Exchange, CallContext) throws(AuthError) -> ResolveSession.Input,
        refusing refusals: [AuthError.Reason: Refusal] = [:],
        respond: @escaping @Sendable (LoginSession, Exchange) throws(AuthError) -> HTTPResponse
    ) {
        self.init(
            method, path, by: credentials, takes: nil, isGuarded: nil, refusing: refusals,
            refusingBy: ResolveSession.refusals
        ) { exchange, call, services throws(AuthError) -> Reply in
            let claim = try ResolveSession.claim(try caller(exchange, call), in: call, with: services)
            return .asks(claim) { found, exchange throws(AuthError) in
                .answer(try respond(try found.get(), exchange))
            }
        }
    }

    /// An endpoint that answers by itself. What changes something is guarded, and a `GET` that does says so.
    init(
        _ method: HTTPMethod, _ path: String, by credentials: [Credential] = [], takes body: [BodyField]? = nil,
        isGuarded: Bool? = nil,
        refusing refusals: [AuthError.Reason: Refusal] = [:], refusingBy useCaseRefusals: Set<AuthError.Reason> = [],
        respond: @escaping @Sendable (Exchange, CallContext, Services) throws(AuthError) -> HTTPResponse
    ) {
        self.init(
            method, path, by: credentials, takes: body, isGuarded: isGuarded, refusing: refusals,
            refusingBy: useCaseRefusals
        ) { exchange, call, services throws(AuthError) -> Reply in .answer(try respond(exchange, call, services)) }
    }

    /// An endpoint that answers by itself, or says whose session it must know first.
    init(
        _ method: HTTPMethod, _ path: String, by credentials: [Credential], takes body: [BodyField]?, isGuarded: Bool?,
        refusing refusals: [AuthError.Reason: Refusal], refusingBy useCaseRefusals: Set<AuthError.Reason>,
        reply: @escaping @Sendable (Exchange, CallContext, Services) throws(AuthError) -> Reply
    ) {
        self.method = method
        self.credentials = credentials
        self.isGuarded = isGuarded ?? !method.isSafe
        self.path = path
        self.body = body
        self.refusals = refusals
        self.useCaseRefusals = useCaseRefusals
        self.reply = reply
    }
}
