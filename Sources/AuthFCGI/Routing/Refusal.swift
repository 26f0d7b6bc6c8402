/// What a client is told of a refusal; the API's envelope goes around it.
struct Refusal: Equatable, Sendable {
    /// One field that cannot stay as it is.
    struct Detail: Equatable, Sendable {
        let field: String
        let message: String
    }

    let status: HTTPStatus
    let message: String
    /// The fields that are to blame, for APIs that tell them one by one.
    let details: [Detail]

    init(_ status: HTTPStatus, _ message: String, details: [Detail] = []) {
        self.status = status
        self.message = message
        self.details = details
    }
}
