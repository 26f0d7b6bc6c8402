import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// The compass API behind a router, over the in-memory doubles.
struct CompassHouse {
    /// What came back.
    struct Answer: Equatable {
        let status: Int
        let body: String
        let fields: [HTTPResponse.HeaderField]

        /// The values of a header field.
        func all(_ name: String) -> [String] { fields.filter { $0.name.description == name }.map(\.value) }

        /// The value at the end of a path of members.
        subscript(path: String...) -> JSONValue? {
            var value = try? JSONParser.parse(Array(body.utf8))
            for name in path {
                guard case .object(let object) = value else { return nil }
                value = object[name]
            }
            return value
        }

        /// The value of the session cookie that it sets.
        var token: String? {
            all("Set-Cookie").compactMap { header in
                let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                return pair.first == "compass.session" && pair.count == 2 ? String(pair[1]) : nil
            }.first
        }
    }

    static let whole =
        #"{"email":"user@example.com","phone_number":"1234567890","password":"securepassword","#
        + #""first_name":"John","last_name":"Doe"}"#

    var house: InMemoryHouse
    private let router: Router
    private let sealing: Sealing

    init(revealing: Bool = true, blocklist: Set<String> = []) throws {
        house = try #require(InMemoryHouse(realm: "compass"))
        var policy = Policy()
        policy.isUniform = !revealing
        policy.callingCode = "1"
        policy.passwords.blocklist = blocklist
        router = Router([], own: Compass(realm: "compass", policy: policy), site: Site())
        let keys = try KeyRing.parse(TestKeys.line())
        let tokens = try TokenKeys.parse("t1:\(Base64.encode(Array(repeating: 9, count: 32)))", algorithm: .hs256)
        sealing = Sealing(
            cookies: try CookieSealer(keys: keys, random: SystemRandom()),
            tokens: try TokenMint(
                signer: TokenSigner(keys: tokens), keys: keys, issuer: "test", random: SystemRandom()))
    }

    /// Sends a request; `json` is its body, `cookie` the session cookie's value.
    func send(
        _ method: String, _ path: String, _ json: String? = nil, cookie: String? = nil, bearer: String? = nil,
        fields: [String: String] = [:]
    ) -> Answer {
        var parameters = [("REQUEST_METHOD", method), ("SCRIPT_NAME", path), ("CONTENT_TYPE", "application/json")]
        if let cookie { parameters.append(("HTTP_COOKIE", "compass.session=\(cookie)")) }
        if let bearer { parameters.append(("HTTP_AUTHORIZATION", "Bearer \(bearer)")) }
        for (name, value) in fields { parameters.append((name, value)) }
        let request = HTTPRequest(
            FastCGIRequest(
                role: .responder, parameters: FastCGIParameters(parameters.map { (name: $0.0, value: $0.1) }),
                body: .whole(Array((json ?? "").utf8))), id: "request-1")
        let response = router.respond(to: request, at: house.now, with: house.services, sealing: sealing).response
        return Answer(
            status: response.status.rawValue, body: String(decoding: response.body, as: UTF8.self),
            fields: response.fields)
    }

    func post(_ path: String, _ json: String, cookie: String? = nil) -> Answer {
        send("POST", "/user/\(path)", json, cookie: cookie)
    }

    /// The code of the last message.
    func code() throws -> String {
        guard case .code(let code, _) = try #require(house.store.messages.last).content else {
            throw AuthError.noChallenge
        }
        return code.text
    }

    /// A code that is not that of the last message.
    func wrongCode() throws -> String { try code() == "000000" ? "000001" : "000000" }

    /// Signs `whole` up, verifies it, and lets the resend interval pass; the session token.
    mutating func join() throws -> String {
        let pending = try #require(post("create", Self.whole).token)
        let verified = post("create/verify", #"{"otp":"\#(try code())"}"#, cookie: pending)
        try #require(verified.status == 200)
        house.wait(.seconds(60))
        return try #require(verified.token)
    }
}

/// An answer that refuses.
func expectRefusal(
    _ answer: CompassHouse.Answer, _ status: Int, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(answer.status == status, sourceLocation: sourceLocation)
    #expect(answer.body == #"{"error":"\#(message)"}"#, sourceLocation: sourceLocation)
}
