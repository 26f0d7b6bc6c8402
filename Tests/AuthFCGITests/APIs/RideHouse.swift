import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// The two roles of the ride API behind a router, with doubles for all that is outside.
struct RideHouse {
    var house: InMemoryHouse
    private let router: Router
    private let sealing: Sealing

    static let password = "Secure@123"
    static let email = "john.doe@example.com"

    /// - Parameter hasOwnResources: whether the service's own resources know the two roles.
    init(policy: Policy = Self.policy, hasOwnResources: Bool = false) throws {
        house = try #require(InMemoryHouse(realm: "riders"))
        let ring = try KeyRing.parse(TestKeys.line())
        let tokens = try TokenKeys.parse("k1:\(Base64.encode([UInt8](repeating: 5, count: 32)))", algorithm: .hs256)
        let random = SystemRandom()
        sealing = Sealing(
            cookies: try CookieSealer(keys: ring, random: random),
            tokens: try TokenMint(
                signer: TokenSigner(keys: tokens), keys: ring, issuer: "https://a.example", random: random))
        let apis = [
            Ride(.user, realm: "riders", policy: policy, client: "https://app.example"),
            Ride(.captain, realm: "captains", policy: policy, client: "https://app.example"),
        ]
        router = Router(apis, own: Service(beside: hasOwnResources ? apis : []), site: Site())
    }

    /// The policy of the documents.
    static var policy: Policy {
        var policy = Policy()
        policy.callingCode = "1"
        return policy
    }

    /// The answer to a request; a `body` is sent as JSON.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, bearer: String? = nil,
        cookies: [String: String] = [:], parameters: [String: String] = [:]
    ) -> RideReply {
        var pairs = parameters.map { (name: $0.key, value: $0.value) }
        pairs += [("REQUEST_METHOD", method), ("SCRIPT_NAME", path), ("HTTP_HOST", "a.example")]
        if body != nil { pairs.append(("CONTENT_TYPE", "application/json")) }
        if let bearer { pairs.append(("HTTP_AUTHORIZATION", "Bearer \(bearer)")) }
        if !cookies.isEmpty {
            pairs.append(("HTTP_COOKIE", cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")))
        }
        let request = HTTPRequest(
            FastCGIRequest(
                role: .responder, parameters: FastCGIParameters(pairs), body: .whole(Array((body ?? "").utf8))),
            id: "request-1")
        return RideReply(
            router.respond(to: request, at: house.now, with: house.services, sealing: sealing).response)
    }

    /// The answer to a call of a role.
    func call(
        _ role: Ride.Role, _ name: String, _ body: String? = nil, bearer: String? = nil, cookies: [String: String] = [:]
    ) -> RideReply {
        send(name == "profile" ? "GET" : "POST", "\(role.base)/\(name)", body, bearer: bearer, cookies: cookies)
    }

    /// Registers the person of the documents.
    func register(_ role: Ride.Role, email: String = Self.email, phone: String = "1234567890") -> RideReply {
        let vehicle = role == .captain ? #","color":"Black","plate":"ABC-123","capacity":4,"type":"car""# : ""
        return call(
            role, "register",
            """
            {"firstname":"John","lastname":"Doe","email":"\(email)","password":"\(Self.password)","phone":"\(phone)"\
            \(vehicle)}
            """)
    }

    func logIn(_ role: Ride.Role, password: String = Self.password) -> RideReply {
        call(role, "login", #"{"email":"\#(Self.email)","password":"\#(password)"}"#)
    }

    /// The code of the last message.
    var lastCode: String? {
        guard case .code(let code, _)? = house.store.messages.last?.content else { return nil }
        return code.text
    }

    /// The link of the last message.
    var lastLink: String? {
        guard case .resetLink(let link)? = house.store.messages.last?.content else { return nil }
        return link
    }
}
