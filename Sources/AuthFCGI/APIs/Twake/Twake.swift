import AuthDomain

/// Sign-up by phone on an encrypted session cookie, and the login that goes with it.
struct Twake: API {
    let name = "twake"
    let realm: String
    let policy: Policy
    let cookies = [Self.cookie]
    let routes = registrationRoutes + nicknameRoutes + sessionRoutes

    /// The cookie that the whole flow is bound to.
    static let cookie = "twake.session"
    /// By what an endpoint knows who has begun to sign up, or is logged in.
    static let holder: [Credential] = [.cookie(cookie)]

    /// The API for the accounts of `realm`. Passwords need a character of every class, as its document says.
    init(realm: String, policy: Policy) {
        self.realm = realm
        var policy = policy
        policy.passwords.classes = Set(PasswordPolicy.Class.allCases)
        self.policy = policy
    }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing: Refusal(.badRequest, "Bad Request: missing fields")
        case .invalid(let field): Refusal(.badRequest, "Bad Request: invalid \(Self.words(for: field))")
        case .unacceptable: Refusal(.badRequest, "Bad Request: missing fields")
        case .taken(let field): Refusal(.badRequest, "Bad Request: \(Self.words(for: field)) is not available")
        case .noAccount, .notVerified: Refusal(.unauthorized, "Invalid credentials")
        case .alreadyVerified, .noGrant: Refusal(.badRequest, "Malformed request")
        case .noChallenge: Refusal(.badRequest, "Malformed request")
        case .wrongCode: Refusal(.unauthorized, "Incorrect password")
        case .attemptsExhausted: Refusal(.badRequest, "Maximum amount of wrong attempts has been reached")
        case .unproven: Refusal(.unauthorized, "Unauthorized: phone is not verified")
        case .wrongCredentials: Refusal(.unauthorized, "Invalid credentials")
        case .noSession, .accountGone: Refusal(.unauthorized, "Unauthorized")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "Service unavailable")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        .json(refusal.status, ["message": .string(refusal.message)])
    }

    private static func words(for field: Field) -> String {
        switch field {
        case .phone: "phone"
        case .email: "recovery email"
        case .nickname: "nickname"
        case .displayName: "display name"
        case .password: "password"
        case .code: "code"
        case .login: "login"
        case .firstName: "firstname"
        case .lastName: "lastname"
        case .color, .plate, .capacity, .vehicleKind, .identifiers, .grant: "field"
        }
    }
}
