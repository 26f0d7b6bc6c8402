import AuthDomain

extension Micro {
    /// Requests that end before the database would be asked: what the router and the forms of requests and answers cost.
    static func routing(_ path: String, _ samples: Samples, _ watch: inout Stopwatch) throws {
        let (configuration, _) = try Configuration.load(path: path, environment: [:])
        let log = LineLogHandler(configuration.log, environment: [:])
        let composition = try Composition(configuration, log: log, scoreboard: try Scoreboard())
        let services = composition.services(logging: composition.requestLog(), wake: {}, standAside: {})
        let sealing = composition.sealing
        let body = FastCGIBody.whole(samples.login)
        func measure(_ name: String, _ method: String, _ path: String, _ body: FastCGIBody, is status: Int) throws {
            let request = FastCGIRequest(role: .responder, parameters: parameters(method, path, body), body: body)
            try watch.measure("routing, \(name)") {
                let progress = composition.router.begin(
                    HTTPRequest(request, id: "0123456789abcdef0123456789abcdef"), at: samples.now, with: services,
                    sealing: sealing)
                guard case .answered(let routed) = progress, routed.response.status.rawValue == status else {
                    throw Unusable()
                }
                return routed.response.octets(isHead: false).count
            }
        }
        try measure("GET /healthz answered", "GET", "/healthz", .whole([]), is: 200)
        try measure("GET of an unknown path", "GET", "/no/such/path", .whole([]), is: 404)
        try measure("POST /user/session, a method it has not", "POST", "/user/session", body, is: 405)
        try measure("GET /api/auth/me without a token", "GET", "/api/auth/me", .whole([]), is: 401)
        try measure("POST /user/login, a JSON body that lacks a field", "POST", "/user/login", body, is: 400)
    }

    /// The parameters that nginx sends, as in deploy/.
    private static func parameters(_ method: String, _ path: String, _ body: FastCGIBody) -> FastCGIParameters {
        let length = if case .whole(let octets) = body { octets.count } else { 0 }
        let pairs = [
            ("QUERY_STRING", ""), ("REQUEST_METHOD", method), ("CONTENT_TYPE", "application/json"),
            ("CONTENT_LENGTH", "\(length)"), ("SCRIPT_NAME", path), ("REQUEST_URI", path), ("DOCUMENT_URI", path),
            ("SERVER_PROTOCOL", "HTTP/1.1"), ("REQUEST_SCHEME", "http"), ("REMOTE_ADDR", "192.0.2.7"),
            ("SERVER_NAME", "bench.example"), ("REQUEST_ID", "0123456789abcdef0123456789abcdef"),
            ("HTTP_HOST", "bench.example"), ("HTTP_USER_AGENT", "bench"), ("HTTP_ACCEPT", "*/*"),
        ]
        return FastCGIParameters(pairs.map { (name: $0.0, value: $0.1) })
    }
}
