/// What a client is told of a refusal; the API's envelope goes around it.
struct Refusal: Equatable, Sendable {
    let status: HTTPStatus
    let message: String

    init(_ status: HTTPStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
