import AuthDomain

/// A request whose answer depends on whose session it carries. Any thread may go on with it.
struct Pending: Sendable {
    let claim: SessionClaim
    let request: HTTPRequest
    let endpoint: Endpoint
    let call: CallContext
    let body: JSONObject
    let segment: String?
    let next: Reply.Continuation
}
