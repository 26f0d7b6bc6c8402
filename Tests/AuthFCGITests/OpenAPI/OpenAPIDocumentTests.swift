import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

@Suite struct OpenAPIDocumentTests {
    private static let policy = Policy()
    private static let apis: [any API] = [
        Twake(realm: "twake", policy: policy), Compass(realm: "compass", policy: policy),
        Ride(.user, realm: "riders", policy: policy, client: ""),
        Ride(.captain, realm: "captains", policy: policy, client: ""), Contacts(realm: "contacts", policy: policy),
        Codes(realm: "codes", policy: policy),
    ]
    private static let service = Service(
        beside: apis, publicKeys: [], pages: ResetPages { _ in "" },
        monitoring: Monitoring(admits: { _ in false }, report: { _, _, _ in HTTPResponse(.ok) }), version: "1")
    private static var all: [any API] { apis + [service] }

    /// `method path` of every operation, and its value.
    private func operations() throws -> [String: JSONObject] {
        let document = OpenAPIDocument(apis: Self.all, version: "1").json
        guard case .object(let root) = document, case .object(let paths)? = root["paths"] else { return [:] }
        var found: [String: JSONObject] = [:]
        for path in paths.members {
            guard case .object(let item) = path.value else { continue }
            for member in item.members {
                guard case .object(let operation) = member.value else { continue }
                let other = found.updateValue(operation, forKey: "\(member.name) \(path.name)")
                #expect(other == nil)
            }
        }
        return found
    }

    @Test func `every route is described, and nothing else`() throws {
        for api in Self.all {
            let routes = Set(api.routes.map { Operation.key($0.method, $0.path) })
            #expect(routes == Set(api.operations.keys), "\(api.name)")
        }
        let routes = Self.all.flatMap { api in
            api.routes.map { "\($0.method.name.lowercased()) \(OpenAPIOperation.path(of: $0))" }
        }
        #expect(try Set(operations().keys) == Set(routes))
        #expect(routes.count == Set(routes).count)
    }

    @Test func `what is described is what the router answers to`() throws {
        let house = try #require(InMemoryHouse())
        let router = Router(Self.apis, own: Self.service, site: Site())
        for key in try operations().keys {
            let parts = key.split(separator: " ")
            let path = parts[1].replacing("{resetToken}", with: "abc")
            let request = HTTPRequest(
                FastCGIRequest(
                    role: .responder,
                    parameters: FastCGIParameters([
                        ("REQUEST_METHOD", parts[0].uppercased()), ("SCRIPT_NAME", String(path)),
                    ]), body: .whole([])), id: "test-request")
            let routed = router.respond(
                to: request, at: house.now, with: house.services,
                sealing: Sealing(cookies: NoSealing(), tokens: NoTokens()))
            #expect(routed.response.status != .notFound && routed.response.status != .methodNotAllowed, "\(key)")
            #expect(routed.isDescribed, "\(key): \(routed.response.status)")
        }
    }

    @Test func `an operation lists every status its route may answer with`() throws {
        let described = try operations()
        for api in Self.all {
            for route in api.routes {
                let operation = try #require(api.operations[Operation.key(route.method, route.path)])
                let key = "\(route.method.name.lowercased()) \(OpenAPIOperation.path(of: route))"
                guard case .object(let responses)? = described[key]?["responses"] else {
                    Issue.record("\(key) has no responses")
                    continue
                }
                let statuses = Set(responses.members.compactMap { Int($0.name) })
                #expect(statuses == Set(route.statuses(in: api, operation).map(\.rawValue)), "\(key)")
                #expect(statuses.contains(500), "\(key)")
                #expect((route.body != nil) == statuses.isSuperset(of: [413, 415]), "\(key)")
            }
        }
    }

    @Test func `a status that no refusal has is not described`() throws {
        let twake = Twake(realm: "twake", policy: Self.policy)
        let route = try #require(twake.routes.first { $0.path == "/api/check-nickname" })
        let operation = try #require(twake.operations["POST /api/check-nickname"])
        #expect(
            route.statuses(in: twake, operation) == [
                .ok, .badRequest, .forbidden, .contentTooLarge, .unsupportedMediaType, .internalServerError,
            ])
    }

    @Test func `operations have names of their own`() throws {
        let names = try operations().values.compactMap { $0["operationId"]?.octets }
        #expect(try names.count == operations().count)
        #expect(Set(names).count == names.count)
    }

    @Test func `what may be known by its body needs nothing else`() throws {
        let described = try operations()
        for (key, cookie) in [
            ("post /user/create/verify", Compass.cookie), ("post /api/v1/user/refresh-token", Ride.refreshCookie),
        ] {
            #expect(described[key]?["security"] == .array([.fields([(cookie, .array([]))]), .fields([])]), "\(key)")
        }
    }

    @Test func `what is known by a cookie says so, and what sets one`() throws {
        let described = try operations()
        for key in ["get /api/session", "post /api/logout", "post /api/check-otp", "post /api/register"] {
            let security: JSONValue = .array([.fields([(Twake.cookie, .array([]))])])
            #expect(described[key]?["security"] == security, "\(key)")
        }
        let setting = try operations().filter { _, operation in
            operation["responses"]?.fields(of: "200", "201").contains("Set-Cookie") == true
        }
        #expect(
            Set(setting.keys) == [
                "post /api/send-otp", "post /api/check-otp", "post /api/register", "post /api/login",
                "post /api/logout",
                "post /user/create", "post /user/create/verify", "post /user/login", "get /user/logout",
                "post /user/logout", "post /api/v1/user/register", "post /api/v1/user/login",
                "post /api/v1/user/logout",
                "post /api/v1/user/refresh-token", "post /api/v1/captain/register", "post /api/v1/captain/login",
                "post /api/v1/captain/logout", "post /api/v1/captain/refresh-token",
            ])
    }

    @Test func `the fields of an answer are described where it has them, and only there`() throws {
        let described = try operations()
        let verified = described["get /auth/verify"]?["responses"]?.fields(of: "204")
        #expect(verified == ["X-Auth-User", "X-Auth-Email", "X-Auth-Realm", "X-Auth-Session"])
        #expect(described["get /.well-known/change-password"]?["responses"]?.fields(of: "302") == ["Location"])
        #expect(described["get /readyz"]?["responses"]?.fields(of: "503") == [])
        #expect(described["post /api/login"]?["responses"]?.fields(of: "503") == ["Retry-After"])
        #expect(described["post /api/login"]?["responses"]?.fields(of: "429") == ["Retry-After"])
    }

    @Test func `a code is a code in its example, whatever the field is called`() throws {
        let described = try operations()
        let fields = [
            ("post /api/check-otp", "password"), ("post /user/create/verify", "otp"),
            ("post /api/v1/users/signup-verify", "verificationCode"),
        ]
        for (key, field) in fields {
            let body = try #require(described[key]?["requestBody"])
            #expect(body.at("content", "application/json", "example", field) == "123456", "\(key)")
        }
    }

    @Test func `a page for links is there only where an API takes what it sends`() throws {
        let withoutRide = Service(beside: Self.apis.filter { $0.name != "ride" })
        let pages = ["/reset-password/:resetToken", "/captain/reset-password/:resetToken"]
        #expect(Set(Self.service.routes.map(\.path)).isSuperset(of: pages))
        #expect(Set(withoutRide.routes.map(\.path)).isDisjoint(with: pages))
        #expect(withoutRide.routes.contains { $0.path == "/reset-password" })
        #expect(Set(withoutRide.routes.map { Operation.key($0.method, $0.path) }) == Set(withoutRide.operations.keys))
    }

    @Test func `names that nicknames are made of may be of any length, those of people may not`() throws {
        let described = try operations()
        let fields: [(String, String, JSONValue?)] = [
            ("post /api/suggest-nicknames", "firstname", nil), ("post /api/suggest-nicknames", "lastname", nil),
            ("post /api/v1/user/register", "firstname", .integer(128)),
        ]
        for (key, field, longest) in fields {
            let body = try #require(described[key]?["requestBody"])
            let schema = try #require(body.at("content", "application/json", "schema", "properties", field))
            #expect(schema.at("minLength") == .integer(1))
            #expect(schema.at("maxLength") == longest, "\(key) \(field)")
        }
    }
}

/// Cookies that nobody can read or make.
private struct NoSealing: CookieSealing {
    func seal(_ octets: [UInt8], cookie: String, realm: Realm) throws(AuthError) -> String { throw .unavailable }
    func open(_ text: String, cookie: String, realm: Realm) -> [UInt8]? { nil }
    func isCurrent(_ text: String) -> Bool { true }
}

/// Tokens that nobody can read or make.
private struct NoTokens: TokenIssuing {
    func issue(
        _ kind: TokenKind, _ token: Token, realm: Realm, at now: Timestamp, expires: Timestamp
    ) throws(AuthError) -> String { throw .unavailable }
    func read(_ text: String, as kinds: [TokenKind], realm: Realm, at now: Timestamp) -> Token? { nil }
    func issue(_ refresh: RefreshToken, realm: Realm) throws(AuthError) -> String { throw .unavailable }
    func readRefresh(_ text: String, realm: Realm) -> RefreshToken? { nil }
}

extension JSONValue {
    /// What is found by these names, one within the other.
    func at(_ names: String...) -> JSONValue? {
        names.reduce(Optional(self)) { (value: JSONValue?, name) in
            guard case .object(let object)? = value else { return nil }
            return object[name]
        }
    }

    /// The header fields of the answers of these statuses.
    fileprivate func fields(of statuses: String...) -> [String] {
        statuses.flatMap { status in
            guard case .object(let fields)? = at(status, "headers") else { return [String]() }
            return fields.members.map(\.name)
        }
    }
}
