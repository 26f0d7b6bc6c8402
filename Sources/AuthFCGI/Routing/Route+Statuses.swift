import AuthDomain

extension Route {
    /// What the route may be refused with, in its API's words: the first refusal of each status is its example.
    func refusals(in api: any API, _ operation: Operation) -> [Refusal] {
        var reasons = operation.useCases.reduce(into: useCaseRefusals) { $0.formUnion($1.refusals) }
        reasons.formUnion(refusals.keys)
        if let body, !body.isEmpty { reasons.formUnion([.missing, .invalid, .unacceptable]) }
        var faults: [HTTPFault] = [.ambiguous(parameter: ""), .misconfigured]
        if body != nil { faults += [.malformedBody, .unsupportedMediaType, .contentTooLarge] }
        if isGuarded, !api.cookies.isEmpty { faults.append(.crossSite) }
        return AuthError.Reason.allCases.filter(reasons.contains).map { reason in
            refusals[reason] ?? api.refusal(of: reason.example)
        } + faults.map(\.refusal)
    }

    /// Every status that the route may answer with.
    func statuses(in api: any API, _ operation: Operation) -> Set<HTTPStatus> {
        Set(refusals(in: api, operation).map(\.status) + [operation.status] + operation.statuses)
    }
}

extension AuthError.Reason {
    /// An error of this reason.
    var example: AuthError {
        switch self {
        case .missing: .missing(.email)
        case .invalid: .invalid(.email)
        case .unacceptable: .unacceptable([AuthError.Violation(.email, isMissing: false)])
        case .taken: .taken(.email)
        case .noAccount: .noAccount
        case .alreadyVerified: .alreadyVerified
        case .notVerified: .notVerified
        case .noChallenge: .noChallenge
        case .wrongCode: .wrongCode
        case .attemptsExhausted: .attemptsExhausted
        case .unproven: .unproven
        case .wrongCredentials: .wrongCredentials
        case .noSession: .noSession
        case .accountGone: .accountGone
        case .noGrant: .noGrant
        case .tooManyRequests: .tooManyRequests(retryAfter: .seconds(60))
        case .overloaded: .overloaded(retryAfter: .seconds(1))
        case .unavailable: .unavailable
        }
    }
}
