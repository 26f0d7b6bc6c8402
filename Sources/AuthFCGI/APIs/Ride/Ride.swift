import AuthDomain

/// Accounts with an access token of minutes and a refresh token of weeks, as riders and captains have them.
struct Ride: API {
    let name = "ride"
    let role: Role
    let realm: String
    let policy: Policy
    /// What reset links begin with, without a slash at its end.
    let client: String
    let cookies = [Self.accessCookie, Self.refreshCookie]

    /// The cookie with the access token.
    static let accessCookie = "accessToken"
    /// The cookie with the refresh token, which goes to the API's own paths only.
    static let refreshCookie = "refreshToken"

    /// The API of one role for the accounts of `realm`. Passwords need a character of every class, as its document
    /// says; a session lasts as long as its refresh token.
    init(_ role: Role, realm: String, policy: Policy, client: String) {
        self.role = role
        self.realm = realm
        self.client = client
        var policy = policy
        policy.passwords.classes = Set(PasswordPolicy.Class.allCases)
        policy.sessions.idle = policy.tokens.refresh
        policy.sessions.absolute = policy.tokens.refresh
        self.policy = policy
    }

    var routes: [Route] { registrationRoutes + sessionRoutes + resetRoutes }

    func claims(_ path: String) -> Bool {
        [role.base, role.resetPath].contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// A session is told by its access token where that belongs, and by nothing in the refresh token's cookie.
    func sessions(in exchange: Exchange, at now: Timestamp) -> [SessionSecret] {
        session(in: exchange, at: now).map { [$0] } ?? []
    }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing(let field): Self.rejection([AuthError.Violation(field, isMissing: true)])
        case .invalid(let field): Self.rejection([AuthError.Violation(field, isMissing: false)])
        case .unacceptable(let violations): Self.rejection(violations)
        case .taken(let field):
            Refusal(.badRequest, "\(role.noun) with this \(Self.name(of: field)) already exists")
        case .noAccount: Refusal(.notFound, "\(role.noun) not found")
        case .alreadyVerified: Refusal(.badRequest, "\(role.noun) is already verified")
        case .noChallenge, .wrongCode, .attemptsExhausted: Refusal(.badRequest, "Invalid or expired OTP")
        case .wrongCredentials, .notVerified: Refusal(.unauthorized, "Invalid email or password")
        case .unproven, .noSession, .accountGone: Refusal(.unauthorized, "Unauthorized")
        case .noGrant: Refusal(.forbidden, "Invalid or expired reset token")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "Service unavailable")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        var members = Self.members(refusal.status, [:], refusal.message)
        if !refusal.details.isEmpty {
            let errors: [JSONValue] = refusal.details.map {
                ["field": .string($0.field), "message": .string($0.message)]
            }
            members.append(JSONObject.Member(name: "errors", value: .array(errors)))
        }
        return .json(refusal.status, .object(JSONObject(members: members)))
    }

    /// An answer that is no refusal.
    static func answer(_ status: HTTPStatus, _ message: String, _ data: JSONValue = [:]) -> HTTPResponse {
        .json(status, .object(JSONObject(members: members(status, data, message))))
    }

    private static func members(_ status: HTTPStatus, _ data: JSONValue, _ message: String) -> [JSONObject.Member] {
        [
            JSONObject.Member(name: "status", value: .integer(status.rawValue)),
            JSONObject.Member(name: "data", value: data),
            JSONObject.Member(name: "message", value: .string(message)),
        ]
    }
}
