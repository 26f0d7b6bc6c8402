import AuthDomain

/// Sign-up by email or phone with a code that proves the address, and sessions in a cookie that is a token as well.
struct Compass: API {
    let name = "compass"
    let realm: String
    let policy: Policy
    let cookies = [Self.cookie]
    let routes: [Route]

    /// The cookie whose value is the session token.
    static let cookie = "compass.session"

    /// The API for the accounts of `realm`. An account is made when its address is proven, not before.
    init(realm: String, policy: Policy) {
        self.realm = realm
        var policy = policy
        policy.keepsPendingAccounts = true
        self.policy = policy
        routes =
            Self.registrationRoutes(callingCode: policy.callingCode) + Self.sessionRoutes
            + Self.loginRoutes(callingCode: policy.callingCode) + Self.passwordRoutes(callingCode: policy.callingCode)
    }

    /// All below `/user`.
    func claims(_ path: String) -> Bool {
        path == "/user" || path.hasPrefix("/user/")
    }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing, .unacceptable: Refusal(.badRequest, "Missing required fields")
        case .invalid(let field): Refusal(.badRequest, Self.complaint(about: field))
        case .taken: Refusal(.badRequest, "User already exists")
        case .noAccount: Refusal(.notFound, "User not found")
        case .alreadyVerified: Refusal(.badRequest, "User is already verified")
        case .notVerified, .unproven: Refusal(.forbidden, "User is not verified")
        case .noChallenge, .wrongCode, .attemptsExhausted, .noGrant: Refusal(.unauthorized, "Invalid OTP")
        case .wrongCredentials: Refusal(.unauthorized, "Invalid credentials")
        case .noSession, .accountGone: Refusal(.unauthorized, "No active session found")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "Service unavailable")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        .json(refusal.status, ["error": .string(refusal.message)])
    }

    /// An answer that says that it is done.
    static func done(_ message: String) -> HTTPResponse { .json(.ok, ["message": .string(message)]) }

    private static func complaint(about field: Field) -> String {
        switch field {
        case .password: "Password is too weak"
        case .email: "Invalid email"
        case .phone: "Invalid phone number"
        case .firstName: "Invalid first name"
        case .lastName: "Invalid last name"
        case .code: "Invalid OTP"
        case .nickname, .displayName, .login, .color, .plate, .capacity, .vehicleKind, .identifiers, .grant:
            "Invalid field"
        }
    }
}
