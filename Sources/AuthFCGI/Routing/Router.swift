import AuthDomain

/// Finds the endpoint of a request, refuses what no endpoint shall see, and puts every answer into its API's form.
struct Router: Sendable {
    /// What every answer has beside its own fields.
    private static let usual = HeaderFields(["Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"])

    private let apis: [any API]
    private let own: any API
    /// Who may send a browser here, and where requests come from.
    let site: Site
    private let resources: [String: Resource]
    /// What requests are counted under; an answer names its place among them.
    let labels: [RequestMeter.Label]
    private let places: [RequestMeter.Label: Int]

    /// A router of `apis`. `own` has the service's own resources, and its envelope is for paths that no API claims.
    init(_ apis: [any API], own: any API, site: Site) {
        labels = Array(Self.labels(of: apis + [own]))
        places = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
        var resources: [String: Resource] = [:]
        for api in apis + [own] {
            for route in api.routes {
                let label = RequestMeter.Label(api: api.name, route: route.path)
                let endpoint = Endpoint(route, of: api, label: label, place: places[label] ?? 0)
                let isFirst = resources[Self.key(route.path), default: Resource()].add(endpoint)
                precondition(isFirst, "two routes claim \(route.method.name) \(route.path)")
            }
        }
        self.apis = apis
        self.own = own
        self.site = site
        self.resources = resources
    }

    /// What the requests of these APIs are counted under.
    static func labels(of apis: [any API]) -> Set<RequestMeter.Label> {
        Set(
            apis.flatMap { api in
                [RequestMeter.Label(api: api.name, route: nil)]
                    + api.routes.map { RequestMeter.Label(api: api.name, route: $0.path) }
            })
    }

    /// What becomes of a request.
    enum Progress: Sendable {
        case answered(RoutedResponse)
        /// It has to be known whose session it carries, or why it is nobody's: then `resume`.
        case asks(Pending)
    }

    /// Begins with a request. `sealing` and `services` are those of the thread that asks.
    func begin(_ request: HTTPRequest, at now: Timestamp, with services: Services, sealing: Sealing) -> Progress {
        let (resource, segment) = resource(at: request.path)
        // Of a request that the web server refused, the method is not the client's.
        let endpoint = request.refusal == nil ? resource?.endpoint(for: request.method) : nil
        if request.method == .options, let allowed = resource?.allowed {
            var response = HTTPResponse(.noContent).adding("Allow", allowed)
            site.allow(request, on: &response, methods: allowed)
            return finished(response, .answered, request, endpoint, resource)
        }
        do throws(HTTPFault) {
            if let refusal = request.refusal { throw refusal }
            guard let endpoint else {
                throw resource.map { .methodNotAllowed(allowed: $0.allowed) } ?? .notFound
            }
            let exchange = try checked(request, for: endpoint, segment, sealing: sealing)
            let call = context(of: exchange, for: endpoint, at: now)
            return run(endpoint, exchange, call) { () throws(AuthError) in
                try endpoint.route.reply(exchange, call, services)
            }
        } catch {
            var response = (endpoint?.api ?? owner(of: resource, request.path)).envelope(error.refusal)
            if case .methodNotAllowed(let allowed) = error { response.add("Allow", allowed) }
            site.allow(request, on: &response)
            return finished(response, .faulted(error), request, endpoint, resource)
        }
    }

    /// Goes on with a request, now that it is known whose session it carries. `sealing` is that of the thread that asks.
    func resume(_ pending: Pending, with found: Result<LoginSession, AuthError>, sealing: Sealing) -> Progress {
        let exchange = Exchange(
            request: pending.request, realm: pending.call.realm, body: pending.body, segment: pending.segment,
            sealing: sealing, attributes: site.cookies)
        return run(pending.endpoint, exchange, pending.call) { () throws(AuthError) in
            try pending.next(found, exchange)
        }
    }

    private func finished(
        _ answer: consuming HTTPResponse, _ outcome: RoutedResponse.Outcome, _ request: HTTPRequest,
        _ endpoint: Endpoint?,
        _ resource: Resource?
    ) -> Progress {
        var response = answer
        response.reserve(192)
        response.add("X-Request-Id", request.id)
        response.add(Self.usual)
        let label = endpoint?.label ?? RequestMeter.Label(api: owner(of: resource, request.path).name, route: nil)
        return .answered(
            RoutedResponse(
                response: response, label: label, place: endpoint?.place ?? places[label] ?? 0, outcome: outcome,
                isDescribed: isDescribed(response.status, by: endpoint)))
    }

    private func isDescribed(_ status: HTTPStatus, by endpoint: Endpoint?) -> Bool {
        #if DEBUG
        guard let endpoint else { return true }
        let key = Operation.key(endpoint.route.method, endpoint.route.path)
        return endpoint.api.operations[key].map { endpoint.route.statuses(in: endpoint.api, $0).contains(status) }
            ?? false
        #else
        return true
        #endif
    }

    /// In whose words a request is refused that has no endpoint.
    private func owner(of resource: Resource?, _ path: String) -> any API {
        let owners = resource?.endpoints.map(\.api) ?? []
        return apis.first { api in owners.contains { $0.name == api.name } } ?? owners.first
            ?? apis.first { $0.claims(path) } ?? own
    }

    private func context(of exchange: Exchange, for endpoint: Endpoint, at now: Timestamp) -> CallContext {
        let isGuarded = endpoint.route.isGuarded
        return CallContext(
            now: now, realm: exchange.realm, policy: endpoint.policy,
            // By a call that changes nothing, nobody uses up what clients have, and nobody is sent anything.
            client: isGuarded ? site.client(of: exchange.request) : nil,
            languages: isGuarded ? exchange.request.languages : [])
    }

    /// Has an endpoint take its next step with a request.
    private func run(
        _ endpoint: Endpoint, _ exchange: Exchange, _ call: CallContext, _ step: () throws(AuthError) -> Reply
    ) -> Progress {
        var (response, outcome): (HTTPResponse, RoutedResponse.Outcome)
        do throws(AuthError) {
            switch try step() {
            case .answer(let answer):
                let lifetime = call.policy.sessions.absolute
                (response, outcome) = (
                    try exchange.renewing(endpoint.cookies, lifetime: lifetime, on: answer), .answered
                )
            case .asks(let claim, let next):
                return .asks(
                    Pending(
                        claim: claim, request: exchange.request, endpoint: endpoint, call: call, body: exchange.body,
                        segment: exchange.segment, next: next))
            }
        } catch {
            (response, outcome) = (refusal(of: error, by: endpoint), .refused(error))
        }
        site.allow(exchange.request, on: &response)
        return finished(response, outcome, exchange.request, endpoint, nil)
    }

    private func refusal(of error: AuthError, by endpoint: Endpoint) -> HTTPResponse {
        var response = endpoint.api.envelope(
            endpoint.route.refusals[error.reason] ?? endpoint.api.refusal(of: error))
        if response.status == .unauthorized, endpoint.route.credentials.contains(.bearer) {
            response.add("WWW-Authenticate", "Bearer")
        }
        if let wait = error.retryAfter { response.add("Retry-After", "\(wait.retryAfterSeconds)") }
        return response
    }

    /// The request as its endpoint may see it.
    private func checked(
        _ request: HTTPRequest, for endpoint: Endpoint, _ segment: String?, sealing: Sealing
    ) throws(HTTPFault) -> Exchange {
        if let parameter = request.ambiguousParameter { throw .ambiguous(parameter: parameter) }
        guard let realm = endpoint.realm(of: request.tenant) else { throw .misconfigured }
        if endpoint.route.isGuarded, endpoint.cookies.contains(where: { !request.cookies(named: $0).isEmpty }),
            !site.mayUseCookies(request) || request.isPrefetch
        {
            throw .crossSite
        }
        return Exchange(
            request: request, realm: realm, body: try Self.body(of: request, for: endpoint.route), segment: segment,
            sealing: sealing,
            attributes: site.cookies)
    }

    private static func body(of request: HTTPRequest, for route: Route) throws(HTTPFault) -> JSONObject {
        guard let fields = route.body else { return JSONObject(members: []) }
        switch request.body {
        case .tooLarge: throw .contentTooLarge
        case .short: throw .malformedBody
        case .whole(let octets):
            if octets.isEmpty, fields.allSatisfy(\.isOptional) { return JSONObject(members: []) }
            guard request.contentType == "application/json" else { throw .unsupportedMediaType }
            guard let value = try? JSONParser.parse(octets), case .object(let object) = value else {
                throw .malformedBody
            }
            for field in fields { try field.check(object) }
            return fields.reduce(object) { body, field in field.read(body) }
        }
    }

    /// What is at a path, and what stands where its route has a variable segment.
    private func resource(at path: String) -> (Resource?, String?) {
        if let resource = resources[path] { return (resource, nil) }
        guard let slash = path.lastIndex(of: "/"), case let segment = path[path.index(after: slash)...],
            !segment.isEmpty, let resource = resources[path[...slash] + ":"]
        else { return (nil, nil) }
        return (resource, String(segment))
    }

    /// A path as it is looked up: a variable segment is `:`.
    private static func key(_ path: String) -> String {
        guard let colon = path.firstRange(of: "/:") else { return path }
        return String(path[..<colon.upperBound])
    }
}
