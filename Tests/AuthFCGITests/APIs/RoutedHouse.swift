import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// APIs behind a router, over the in-memory doubles.
struct RoutedHouse {
    /// What came back.
    struct Answer {
        let status: Int
        let body: String
        let fields: [HTTPResponse.HeaderField]

        /// The value of a header field.
        func field(_ name: String) -> String? { fields.first { $0.name.description == name }?.value }

        /// The text at the end of a path of members.
        func text(_ path: String...) -> String? {
            var value = try? JSONParser.parse(Array(body.utf8))
            for name in path {
                guard case .object(let object) = value else { return nil }
                value = object[name]
            }
            guard case .string(let text) = value else { return nil }
            return text
        }
    }

    var house: InMemoryHouse
    let router: Router
    let sealing: Sealing

    /// A router of the APIs that `apis` makes with one policy.
    init(_ policy: Policy = Policy(), _ apis: (Policy) -> [any API]) throws {
        house = try #require(InMemoryHouse())
        router = Router(apis(policy), own: Service(beside: []), site: Site())
        let keys = try KeyRing.parse(TestKeys.line())
        let tokens = try TokenKeys.parse("t1:\(Base64.encode(Array(repeating: 9, count: 32)))", algorithm: .hs256)
        sealing = Sealing(
            cookies: try CookieSealer(keys: keys, random: SystemRandom()),
            tokens: try TokenMint(
                signer: TokenSigner(keys: tokens), keys: keys, issuer: "test", random: SystemRandom()))
    }

    /// Sends a request; `json` is its body.
    func send(
        _ method: String, _ path: String, _ json: String? = nil, bearer: String? = nil, tenant: String? = nil
    ) -> Answer {
        var parameters = [("REQUEST_METHOD", method), ("SCRIPT_NAME", path), ("CONTENT_TYPE", "application/json")]
        if let bearer { parameters.append(("HTTP_AUTHORIZATION", "Bearer \(bearer)")) }
        if let tenant { parameters.append(("AUTH_TENANT", tenant)) }
        let request = HTTPRequest(
            FastCGIRequest(
                role: .responder, parameters: FastCGIParameters(parameters.map { (name: $0.0, value: $0.1) }),
                body: .whole(Array((json ?? "").utf8))), id: "request-1")
        let response = router.respond(to: request, at: house.now, with: house.services, sealing: sealing).response
        return Answer(
            status: response.status.rawValue, body: String(decoding: response.body, as: UTF8.self),
            fields: response.fields)
    }

    /// The code of the last message.
    func lastCode() throws -> String {
        let message = try #require(house.store.messages.last)
        guard case .code(let code, _) = message.content else { throw AuthError.noChallenge }
        return code.text
    }
}
