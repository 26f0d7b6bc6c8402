import AuthDomain

/// Accounts by email and password, whose owners may ask which of their contacts have one too.
struct Contacts: API {
    /// What all its paths begin with.
    static let base = "/api/auth"

    let name = "contacts"
    let realm: String
    let policy: Policy
    let cookies: [String] = []
    let routes = accountRoutes + lookupRoutes + resetRoutes

    /// The API for the accounts of `realm`. A session lasts as long as its token. Only who registers is told that an
    /// address has an account.
    init(realm: String, policy: Policy) {
        self.realm = realm
        var policy = policy
        policy.passwords.classes = []
        policy.sessions.idle = policy.tokens.bearer
        policy.sessions.absolute = policy.tokens.bearer
        policy.revealsAccounts = false
        self.policy = policy
    }

    func claims(_ path: String) -> Bool { path == Self.base || path.hasPrefix(Self.base + "/") }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing, .unacceptable: Refusal(.badRequest, "Please add all fields")
        case .invalid(let field): Refusal(.badRequest, words(for: field))
        case .taken: Refusal(.badRequest, "User already exists")
        case .noAccount, .wrongCredentials: Refusal(.unauthorized, "Invalid credentials")
        case .alreadyVerified, .noChallenge, .wrongCode, .attemptsExhausted:
            Refusal(.badRequest, "Invalid or expired OTP")
        case .noGrant: Refusal(.badRequest, "Invalid or expired reset token")
        case .notVerified, .unproven, .noSession, .accountGone:
            Refusal(.unauthorized, "Not authorized, token failed")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "Service unavailable")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        .json(refusal.status, ["status": false, "message": .string(refusal.message), "data": .null])
    }

    /// A success in the API's form.
    static func success(_ status: HTTPStatus, _ message: String, _ data: JSONValue = .null) -> HTTPResponse {
        .json(status, ["status": true, "message": .string(message), "data": data])
    }

    /// A success whose data `write` writes.
    static func success(_ message: String, _ write: (inout JSONText) -> Void) -> HTTPResponse {
        .json(.ok) { answer in
            answer.add("status", true)
            answer.add("message", message)
            answer.add("data", object: write)
        }
    }

    /// What a client is told of a field whose value cannot be taken.
    private func words(for field: Field) -> String {
        switch field {
        case .email, .login: "Please add a valid email"
        case .password:
            "Password must have \(policy.passwords.lengths.lowerBound) to \(policy.passwords.lengths.upperBound) "
                + "characters and be hard to guess"
        case .displayName: "Please add a valid full name"
        case .code: "Invalid or expired OTP"
        case .grant: "Invalid or expired reset token"
        case .identifiers: "Please provide identifiers array"
        case .phone, .nickname, .firstName, .lastName, .color, .plate, .capacity, .vehicleKind:
            "Please add all fields"
        }
    }
}
