/// Why a use case refused. It says what happened, finely; each API decides what is told.
package enum AuthError: Error, Equatable, Sendable {
    /// A field that must be there is not.
    case missing(Field)
    /// A field's value is none that it may have.
    case invalid(Field)
    /// Another account of the realm has this value.
    case taken(Field)
    /// No code was asked for here, or it is used or expired.
    case noChallenge
    /// The code is not the one that was sent.
    case wrongCode
    /// The code, or its address for the day, has no tries left.
    case attemptsExhausted
    /// The address was not proven to belong to the caller.
    case unproven
    /// No account, or not its password.
    case wrongCredentials
    /// No session, or an ended or expired one.
    case noSession
    /// Asked too often; may be asked again after so long.
    case tooManyRequests(retryAfter: Duration)
    /// The password-hash queue is full; may be tried again after so long.
    case overloaded(retryAfter: Duration)
    /// What the answer depends on does not answer. The details are in the log.
    case unavailable

    /// A case of `AuthError` without what it holds.
    package enum Reason: CaseIterable, Sendable {
        case missing, invalid, taken, noChallenge, wrongCode, attemptsExhausted, unproven, wrongCredentials, noSession
        case tooManyRequests, overloaded, unavailable
    }

    /// Which case it is.
    package var reason: Reason {
        switch self {
        case .missing: .missing
        case .invalid: .invalid
        case .taken: .taken
        case .noChallenge: .noChallenge
        case .wrongCode: .wrongCode
        case .attemptsExhausted: .attemptsExhausted
        case .unproven: .unproven
        case .wrongCredentials: .wrongCredentials
        case .noSession: .noSession
        case .tooManyRequests: .tooManyRequests
        case .overloaded: .overloaded
        case .unavailable: .unavailable
        }
    }

    /// How long a client shall wait before it asks again; nil when waiting does not help.
    package var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(let wait), .overloaded(let wait): wait
        case .missing, .invalid, .taken, .noChallenge, .wrongCode, .attemptsExhausted, .unproven, .wrongCredentials,
            .noSession, .unavailable:
            nil
        }
    }
}
