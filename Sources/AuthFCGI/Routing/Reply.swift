import AuthDomain

/// What an endpoint makes of a request.
enum Reply: Sendable {
    /// Goes on once it is known whose session a request carries, or why it is nobody's. It waits for nothing.
    typealias Continuation = @Sendable (Result<LoginSession, AuthError>, Exchange) throws(AuthError) -> Reply

    case answer(HTTPResponse)
    /// The answer depends on whose session the request carries.
    case asks(SessionClaim, then: Continuation)
}
