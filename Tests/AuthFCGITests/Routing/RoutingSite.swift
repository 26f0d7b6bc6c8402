import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// An API that has one route of every kind, behind a router.
struct RoutingAPI: API {
    let name = "trial"
    let realm = "trial"
    let policy = Policy()
    let cookies = ["trial.session"]
    let operations: [String: Operation] = [:]
    let routes = [
        Route(.get, "/t/read") { exchange, _, _ in .text(.ok, exchange.request.path) },
        Route(.post, "/t/write", takes: [.string("name"), .integer("size", isOptional: true)]) { exchange, _, _ in
            .text(.ok, exchange.text("name") ?? "nobody")
        },
        Route(.post, "/t/bare") { _, _, _ in .text(.ok, "bare") },
        Route(.get, "/t/leave", isGuarded: true) { _, _, _ in .text(.ok, "left") },
        Route(.post, "/t/link/:token") { exchange, _, _ in .text(.ok, exchange.segment ?? "none") },
        Route(.get, "/t/token", by: [.bearer]) { exchange, _, _ throws(AuthError) in
            guard let bearer = exchange.bearer else { throw .noSession }
            return .text(.ok, bearer)
        },
        Route(.get, "/t/busy") { _, _, _ throws(AuthError) in throw .tooManyRequests(retryAfter: .milliseconds(1_500))
        },
        Route(.get, "/t/own", refusing: [.noSession: Refusal(.notFound, "Nobody")]) { _, _, _ throws(AuthError) in
            throw .noSession
        },
        Route(.get, "/t/session") { exchange, _, _ in
            .text(.ok, exchange.session(in: "trial.session").map { Hexadecimal.text($0.octets) } ?? "none")
        },
    ]

    func refusal(of error: AuthError) -> Refusal {
        Refusal(error.reason == .tooManyRequests ? .tooManyRequests : .unauthorized, "refused")
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse { .json(refusal.status, ["trial": .string(refusal.message)]) }
}

/// Requests to a router of `RoutingAPI`.
struct RoutingSite {
    var site = Site(publicOrigin: "https://auth.example", allowedOrigins: ["https://app.example"])
    var keys = "k1:\(Base64.encode(Array(repeating: 7, count: 32)))"

    /// The answer to a request. `parameters` stand beside method and path.
    func send(
        _ method: String, _ path: String, body: FastCGIBody = .whole([]), _ parameters: [(String, String)] = []
    ) throws -> RoutedResponse {
        let usual = [("REQUEST_METHOD", method), ("SCRIPT_NAME", path), ("HTTP_HOST", "auth.example")]
        let pairs = (usual + parameters).map { (name: $0.0, value: $0.1) }
        let request = FastCGIRequest(role: .responder, parameters: FastCGIParameters(pairs), body: body)
        let house = try #require(InMemoryHouse(realm: "trial"))
        return Router([RoutingAPI()], own: Service(beside: []), site: site).respond(
            to: HTTPRequest(request, id: "an-id"), at: house.now, with: house.services,
            sealing: Sealing(cookies: try sealer(), tokens: NoTokens()))
    }

    /// The answer to a POST of a JSON text.
    func post(_ path: String, _ json: String, _ parameters: [(String, String)] = []) throws -> RoutedResponse {
        try send("POST", path, body: .whole(Array(json.utf8)), [("CONTENT_TYPE", "application/json")] + parameters)
    }

    func sealer() throws -> CookieSealer { try CookieSealer(keys: try KeyRing.parse(keys), random: SystemRandom()) }

    /// A `Cookie` parameter with a session sealed under these keys.
    func cookie(_ octet: UInt8) throws -> (String, String) {
        let realm = try #require(Realm("trial"))
        let text = try sealer().seal(Array(repeating: octet, count: 32), cookie: "trial.session", realm: realm)
        return ("HTTP_COOKIE", "trial.session=\(text)")
    }
}

/// What issues no tokens.
private struct NoTokens: TokenIssuing {
    func issue(
        _ kind: TokenKind, _ token: Token, realm: Realm, at now: Timestamp, expires: Timestamp
    ) throws(AuthError) -> String { throw .unavailable }

    func read(_ text: String, as kinds: [TokenKind], realm: Realm, at now: Timestamp) -> Token? { nil }
    func issue(_ refresh: RefreshToken, realm: Realm) throws(AuthError) -> String { throw .unavailable }
    func readRefresh(_ text: String, realm: Realm) -> RefreshToken? { nil }
}

extension RoutedResponse {
    var status: Int { response.status.rawValue }
    var body: String { String(decoding: response.body, as: UTF8.self) }

    func all(_ name: String) -> [String] {
        response.fields.filter { $0.name.description == name }.map(\.value)
    }
}
