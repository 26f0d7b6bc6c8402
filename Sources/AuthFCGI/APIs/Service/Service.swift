import AuthDomain

/// The service's own resources. Its envelope is also the answer for paths that no API claims.
struct Service: API {
    let name = "service"
    let realm = "service"
    let policy = Policy()
    let cookies: [String] = []
    let routes = healthRoutes

    func claims(_ path: String) -> Bool { true }

    func refusal(of error: AuthError) -> Refusal {
        switch error {
        case .missing, .invalid, .unacceptable, .taken, .noAccount, .alreadyVerified, .noGrant, .noChallenge,
            .wrongCode, .attemptsExhausted:
            Refusal(.badRequest, "The request cannot be served as it is")
        case .unproven, .wrongCredentials, .notVerified, .noSession, .accountGone:
            Refusal(.unauthorized, "No active session")
        case .tooManyRequests: Refusal(.tooManyRequests, "Too many requests")
        case .overloaded: Refusal(.serviceUnavailable, "The service has more to do than it can")
        case .unavailable: Refusal(.internalServerError, "Internal server error")
        }
    }

    func envelope(_ refusal: Refusal) -> HTTPResponse {
        .problem(refusal.status, refusal.message)
    }
}
