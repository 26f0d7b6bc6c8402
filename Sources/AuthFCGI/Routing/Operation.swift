import AuthDomain

/// What the description of the service says of a route beyond what its table has.
struct Operation: Sendable {
    /// Content of an answer, by an example of it.
    enum Content: Sendable {
        case none
        /// A text of this media type.
        case text(String, type: String = "text/plain")
        /// JSON; a member named in `nullable` may be null, one in `optional` may not be there.
        case json(JSONValue, nullable: Set<String> = [], optional: Set<String> = [])
    }

    /// One line on what it does.
    let summary: String
    /// The status of success.
    let status: HTTPStatus
    let content: Content
    /// The use cases that serve it where its route names none.
    var useCases: [any UseCase.Type] = []
    /// Other statuses, which it answers by itself.
    var statuses: [HTTPStatus] = []
    /// The parameters of its query, all of which must be there.
    var parameters: [String] = []
    /// The header fields that come with success, beside those of every answer.
    var fields: [String] = []

    /// `POST /path`: what an operation is found by.
    static func key(_ method: HTTPMethod, _ path: String) -> String { "\(method.name) \(path)" }

    /// The same, with these header fields.
    func sending(_ fields: String...) -> Operation {
        var operation = self
        operation.fields += fields
        return operation
    }

    static func ok(
        _ summary: String, _ content: Content, running useCases: [any UseCase.Type] = []
    ) -> Operation {
        Operation(summary: summary, status: .ok, content: content, useCases: useCases)
    }

    static func created(
        _ summary: String, _ content: Content, running useCases: [any UseCase.Type] = []
    ) -> Operation {
        Operation(summary: summary, status: .created, content: content, useCases: useCases)
    }
}
