/// An answer: status, fields and body.
struct HTTPResponse: Sendable, Equatable {
    /// One field of the header.
    typealias HeaderField = HeaderFields.Field

    var status: HTTPStatus
    private(set) var header = HeaderFields()
    private(set) var body: [UInt8] = []

    /// An answer without a body.
    init(_ status: HTTPStatus) {
        self.status = status
    }

    /// `text/plain`.
    static func text(_ status: HTTPStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// `application/json` (RFC 8259).
    static func json(_ status: HTTPStatus, _ value: JSONValue) -> HTTPResponse {
        HTTPResponse(status, type: "application/json; charset=utf-8", body: value.octets)
    }

    /// `application/json` (RFC 8259), the object that `write` writes.
    static func json(_ status: HTTPStatus, _ write: (inout JSONText) -> Void) -> HTTPResponse {
        HTTPResponse(status, type: "application/json; charset=utf-8", body: JSONText.octets(write))
    }

    /// `application/problem+json` (RFC 9457).
    static func problem(_ status: HTTPStatus, _ detail: String) -> HTTPResponse {
        let value: JSONValue = [
            "type": "about:blank", "title": .string(status.reason), "status": .integer(status.rawValue),
            "detail": .string(detail),
        ]
        return HTTPResponse(status, type: "application/problem+json", body: value.octets)
    }

    /// Content of this media type.
    init(_ status: HTTPStatus, type: String, body: [UInt8]) {
        self.status = status
        self.body = body
        add("Content-Type", type)
    }

    /// The fields, one by one.
    var fields: [HeaderField] { header.all }

    /// The media type of the content, without its parameters; empty where there is none.
    var mediaType: String {
        let type = fields.first { $0.name == "Content-Type" }?.value.prefix { $0 != ";" }
        return type.map(String.init) ?? ""
    }

    /// Adds a field. A value with a control character is left out: no value can end a field and begin another.
    mutating func add(_ name: StaticString, _ value: String) { header.add(name, value) }

    /// Makes room for so many octets of further fields.
    mutating func reserve(_ count: Int) { header.reserve(count) }

    /// Adds fields that many answers have.
    mutating func add(_ more: HeaderFields) { header.add(more) }

    /// The same answer with one field more.
    func adding(_ name: StaticString, _ value: String) -> HTTPResponse {
        var response = self
        response.add(name, value)
        return response
    }

    /// The answer in CGI form (RFC 3875, 6). To `HEAD` it says how long the body is and leaves it out.
    func octets(isHead: Bool) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(96 + header.octets.count + body.count)
        octets.append("Status: ")
        octets.append(status.line)
        octets.append("\r\n")
        octets += header.octets
        if status != .noContent {
            octets.append("Content-Length: ")
            octets.append(decimal: body.count)
            octets.append("\r\n\r\n")
        } else {
            octets.append("\r\n")
        }
        if !isHead { octets += body }
        return octets
    }
}
