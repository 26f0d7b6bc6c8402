import AuthDomain

/// Finds the endpoint of a request, refuses what no endpoint shall see, and puts every answer into its API's form.
struct Router: Sendable {
    /// An endpoint and whose it is.
    private struct Entry: Sendable {
        let route: Route
        let api: any API
    }

    private let apis: [any API]
    private let own: any API
    private let site: Site
    private let entries: [String: [HTTPMethod: Entry]]

    /// A router of `apis`. `own` has the service's own resources, and its envelope is for paths that no API claims.
    init(_ apis: [any API], own: any API, site: Site) {
        var entries: [String: [HTTPMethod: Entry]] = [:]
        for api in apis + [own] {
            for route in api.routes {
                let other = entries[Self.key(route.path), default: [:]].updateValue(
                    Entry(route: route, api: api), forKey: route.method)
                precondition(other == nil, "two routes claim \(route.method.name) \(route.path)")
            }
        }
        self.apis = apis
        self.own = own
        self.site = site
        self.entries = entries
    }

    /// What the requests of these APIs are counted under.
    static func labels(of apis: [any API]) -> Set<RequestMeter.Label> {
        Set(
            apis.flatMap { api in
                [RequestMeter.Label(api: api.name, route: nil)]
                    + api.routes.map { RequestMeter.Label(api: api.name, route: $0.path) }
            })
    }

    /// The answer to a request. `sealing` and `services` are those of the thread that asks.
    func respond(
        to request: HTTPRequest, at now: Timestamp, with services: Services, sealing: Sealing
    ) -> RoutedResponse {
        let (methods, segment) = methods(at: request.path)
        let entry = Self.entry(for: request.method, among: methods)
        let api = entry?.api ?? owner(of: methods) ?? apis.first { $0.claims(request.path) } ?? own
        var response: HTTPResponse
        var outcome = RoutedResponse.Outcome.answered
        if request.method == .options, !methods.isEmpty {
            let allowed = Self.allowed(methods)
            response = site.allowing(request, on: HTTPResponse(.noContent).adding("Allow", allowed), methods: allowed)
        } else {
            do throws(HTTPFault) {
                let entry = try found(entry, among: methods)
                let exchange = try checked(request, for: entry, segment, sealing: sealing)
                (response, outcome) = run(entry, exchange, at: now, with: services)
            } catch {
                response = api.envelope(error.refusal)
                if case .methodNotAllowed(let allowed) = error { response.add("Allow", allowed) }
                outcome = .faulted(error)
            }
            response = site.allowing(request, on: response)
        }
        response.add("X-Request-Id", request.id)
        response.add("Cache-Control", "no-store")
        response.add("X-Content-Type-Options", "nosniff")
        return RoutedResponse(
            response: response, api: api.name, route: entry?.route.path, outcome: outcome,
            isDescribed: isDescribed(response.status, by: entry))
    }

    private func isDescribed(_ status: HTTPStatus, by entry: Entry?) -> Bool {
        #if DEBUG
        guard let entry else { return true }
        let key = Operation.key(entry.route.method, entry.route.path)
        return entry.api.operations[key].map { entry.route.statuses(in: entry.api, $0).contains(status) } ?? false
        #else
        return true
        #endif
    }

    /// In whose words a method is refused that none of a path's endpoints has.
    private func owner(of methods: [HTTPMethod: Entry]) -> (any API)? {
        apis.first { api in methods.values.contains { $0.api.name == api.name } } ?? methods.values.first?.api
    }

    private func found(_ entry: Entry?, among methods: [HTTPMethod: Entry]) throws(HTTPFault) -> Entry {
        if let entry { return entry }
        throw methods.isEmpty ? .notFound : .methodNotAllowed(allowed: Self.allowed(methods))
    }

    private func run(
        _ entry: Entry, _ exchange: Exchange, at now: Timestamp, with services: Services
    ) -> (HTTPResponse, RoutedResponse.Outcome) {
        let call = CallContext(
            now: now, realm: exchange.realm, policy: entry.api.policy, client: site.client(of: exchange.request),
            // Nobody is sent anything by a call that changes nothing.
            languages: entry.route.isGuarded ? exchange.request.languages : [])
        do throws(AuthError) {
            let response = try entry.route.respond(exchange, call, services)
            let lifetime = call.policy.sessions.absolute
            return (try exchange.renewing(entry.api.cookies, lifetime: lifetime, on: response), .answered)
        } catch {
            var response = entry.api.envelope(entry.route.refusals[error.reason] ?? entry.api.refusal(of: error))
            if response.status == .unauthorized, entry.route.credentials.contains(.bearer) {
                response.add("WWW-Authenticate", "Bearer")
            }
            if let wait = error.retryAfter { response.add("Retry-After", "\(wait.retryAfterSeconds)") }
            return (response, .refused(error))
        }
    }

    /// The request as its endpoint may see it.
    private func checked(
        _ request: HTTPRequest, for entry: Entry, _ segment: String?, sealing: Sealing
    ) throws(HTTPFault) -> Exchange {
        if let parameter = request.ambiguousParameter { throw .ambiguous(parameter: parameter) }
        guard let realm = Realm(entry.api.realm, tenant: request.tenant) else { throw .misconfigured }
        if entry.route.isGuarded, entry.api.cookies.contains(where: { !request.cookies(named: $0).isEmpty }),
            !site.mayUseCookies(request) || request.isPrefetch
        {
            throw .crossSite
        }
        return Exchange(
            request: request, realm: realm, body: try Self.body(of: request, for: entry.route), segment: segment,
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
    private func methods(at path: String) -> ([HTTPMethod: Entry], String?) {
        if let methods = entries[path] { return (methods, nil) }
        guard let slash = path.lastIndex(of: "/"), case let segment = path[path.index(after: slash)...],
            !segment.isEmpty, let methods = entries[path[...slash] + ":"]
        else { return ([:], nil) }
        return (methods, String(segment))
    }

    /// A path as it is looked up: a variable segment is `:`.
    private static func key(_ path: String) -> String {
        guard let colon = path.firstRange(of: "/:") else { return path }
        return String(path[..<colon.upperBound])
    }

    /// The endpoint of a method. `HEAD` is answered where `GET` is, unless that changes something.
    private static func entry(for method: HTTPMethod, among methods: [HTTPMethod: Entry]) -> Entry? {
        guard method == .head else { return methods[method] }
        return methods[.get].flatMap { $0.route.isGuarded ? nil : $0 }
    }

    /// The methods of a path as `Allow` lists them (RFC 9110, 10.2.1).
    private static func allowed(_ methods: [HTTPMethod: Entry]) -> String {
        var names = methods.keys.map(\.name)
        if entry(for: .head, among: methods) != nil { names.append(HTTPMethod.head.name) }
        names.append(HTTPMethod.options.name)
        return names.sorted().joined(separator: ", ")
    }
}
