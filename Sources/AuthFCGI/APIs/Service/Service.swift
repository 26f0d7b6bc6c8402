import AuthDomain

/// The service's own resources. Its envelope is also the answer for paths that no API claims.
struct Service: API {
    let name = "service"
    let realm = "service"
    let policy = Policy()
    let cookies: [String] = []
    let apis: [any API]
    let publicKeys: [UInt8]
    let pages: ResetPages
    let monitoring: Monitoring
    /// The program's version.
    let version: String

    /// The resources beside `apis`.
    /// - Parameters:
    ///   - publicKeys: the JSON Web Key Set of signed tokens (RFC 7517, 5).
    ///   - pages: the hosted pages.
    ///   - monitoring: what monitors read.
    ///   - version: the program's version.
    init(
        beside apis: [any API], publicKeys: [UInt8], pages: ResetPages, monitoring: Monitoring, version: String
    ) {
        self.version = version
        self.apis = apis
        self.publicKeys = publicKeys
        self.pages = pages
        self.monitoring = monitoring
    }

    var routes: [Route] {
        Self.healthRoutes + [metricsRoute(), verifyRoute(), descriptionRoute()] + wellKnownRoutes() + pageRoutes()
            + endSessionRoutes()
    }

    /// The description of all that the configuration has switched on.
    private func descriptionRoute() -> Route {
        Route(.get, "/openapi.json") { _, _, _ in
            .json(.ok, OpenAPIDocument(apis: apis + [self], version: version).json)
        }
    }

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
