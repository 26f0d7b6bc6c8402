import AuthDomain

/// Accounts whose email is proven by a code before they have a password.
struct Codes: API {
    /// What all its paths begin with.
    static let base = "/api/v1/users"

    let name = "codes"
    let realm: String
    let policy: Policy
    let cookies: [String] = []
    let routes = signUpRoutes + sessionRoutes

    /// The API for the accounts of `realm`. A session lasts as long as its token.
    init(realm: String, policy: Policy) {
        self.realm = realm
        var policy = policy
        policy.passwords.classes = []
        policy.sessions.idle = policy.tokens.bearer
        policy.sessions.absolute = policy.tokens.bearer
        self.policy = policy
    }

    func claims(_ path: String) -> Bool { path == Self.base || path.hasPrefix(Self.base + "/") }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing(let field), .invalid(let field): Refusal(.badRequest, words(for: field))
        case .unacceptable: Refusal(.badRequest, "Please provide all fields")
        case .taken, .alreadyVerified: Refusal(.badRequest, Self.refusedEmail)
        case .noAccount: Refusal(.notFound, "User not found")
        case .noChallenge, .wrongCode, .attemptsExhausted, .noGrant: Refusal(.badRequest, Self.refusedCode)
        case .wrongCredentials, .notVerified: Refusal(.unauthorized, "Incorrect email or password")
        case .unproven, .noSession, .accountGone: Refusal(.unauthorized, "You are not logged in")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "Service unavailable")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        .json(refusal.status, ["message": .string(refusal.message)])
    }

    /// What is told of an address that nobody can sign up with.
    static let refusedEmail = "User already registered or invalid email"
    /// What is told of a code that proves nothing.
    static let refusedCode = "Verification code expired or incorrect"

    /// What a client is told of a field that is not there or whose value cannot be taken.
    private func words(for field: Field) -> String {
        switch field {
        case .email, .login: Self.refusedEmail
        case .code: Self.refusedCode
        case .password:
            "Password must have \(policy.passwords.lengths.lowerBound) to \(policy.passwords.lengths.upperBound) "
                + "characters and be hard to guess"
        case .phone, .nickname, .displayName, .firstName, .lastName, .color, .plate, .capacity, .vehicleKind,
            .identifiers, .grant:
            "Please provide all fields"
        }
    }
}
