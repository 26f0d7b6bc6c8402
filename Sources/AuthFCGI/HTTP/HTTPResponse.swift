/// An answer: status, fields and body.
struct HTTPResponse: Sendable, Equatable {
    /// One field of the header.
    struct HeaderField: Sendable, Equatable {
        let name: StaticString
        let value: String

        static func == (left: HeaderField, right: HeaderField) -> Bool {
            left.name.description == right.name.description && left.value == right.value
        }
    }

    var status: HTTPStatus
    private(set) var fields: [HeaderField] = []
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
        fields.reserveCapacity(8)
        add("Content-Type", type)
    }

    /// The media type of the content, without its parameters; empty where there is none.
    var mediaType: String {
        let type = fields.first { $0.name.description == "Content-Type" }?.value.prefix { $0 != ";" }
        return type.map(String.init) ?? ""
    }

    /// Adds a field. A value with a control character is left out: no value can end a field and begin another.
    mutating func add(_ name: StaticString, _ value: String) {
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return }
        fields.append(HeaderField(name: name, value: value))
    }

    /// The same answer with one field more.
    func adding(_ name: StaticString, _ value: String) -> HTTPResponse {
        var response = self
        response.add(name, value)
        return response
    }

    /// The answer in CGI form (RFC 3875, 6). To `HEAD` it says how long the body is and leaves it out.
    func octets(isHead: Bool) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(512 + body.count)
        octets += "Status: \(status.rawValue) \(status.reason)\r\n".utf8
        for field in fields {
            octets += field.name.description.utf8
            octets += ": ".utf8
            octets += field.value.utf8
            octets += "\r\n".utf8
        }
        if status != .noContent { octets += "Content-Length: \(body.count)\r\n".utf8 }
        octets += "\r\n".utf8
        if !isHead { octets += body }
        return octets
    }
}
