import AuthDomain

/// One operation of the description (OpenAPI 3.1, 4.8.10).
struct OpenAPIOperation {
    let route: Route
    let api: any API
    let operation: Operation

    /// The path as templates have it: `/a/{b}`.
    static func path(of route: Route) -> String {
        segments(of: route).map { "/" + ($0.hasPrefix(":") ? "{\($0.dropFirst())}" : $0) }.joined()
    }

    /// The operation.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("operationId", .string(id)), ("summary", .string(operation.summary)),
            ("tags", .array([.string(api.name)])),
        ]
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body = route.body { members.append(("requestBody", requestBody(body))) }
        members.append(("responses", responses))
        if !route.credentials.isEmpty {
            members.append(("security", .array(route.credentials.map(\.requirement))))
        }
        return .fields(members)
    }

    /// Method and path as one word: `postApiSendOtp`.
    private var id: String {
        let words = route.path.split { !$0.isLetter && !$0.isNumber }
        return route.method.name.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func segments(of route: Route) -> [Substring] { route.path.split(separator: "/") }

    private var parameters: [JSONValue] {
        let variables = Self.segments(of: route).filter { $0.hasPrefix(":") }.map { ($0.dropFirst(), "path") }
        return (variables + operation.parameters.map { ($0[...], "query") }).map { name, place in
            [
                "name": .string(String(name)), "in": .string(place), "required": true,
                "schema": ["type": "string", "minLength": .integer(1)],
            ]
        }
    }

    private func requestBody(_ fields: [BodyField]) -> JSONValue {
        let required = fields.filter { !$0.isOptional }
        var schema: [(String, JSONValue)] = [
            ("type", "object"), ("properties", .fields(fields.map { ($0.name, $0.schema) })),
        ]
        if !required.isEmpty { schema.append(("required", .array(required.map { .string($0.name) }))) }
        let example = JSONValue.fields(fields.map { ($0.name, $0.example) })
        return [
            "required": .bool(!required.isEmpty),
            "content": ["application/json": ["schema": .fields(schema), "example": example]],
        ]
    }

    private var responses: JSONValue {
        var entries: [(HTTPStatus, JSONValue)] = [(operation.status, success)]
        for refusal in refusals where !entries.contains(where: { $0.0 == refusal.status }) {
            entries.append((refusal.status, answer(to: refusal)))
        }
        return .fields(entries.sorted { $0.0.rawValue < $1.0.rawValue }.map { ("\($0.0.rawValue)", $0.1) })
    }

    private var refusals: [Refusal] {
        route.refusals(in: api, operation) + operation.statuses.map { Refusal($0, $0.reason) }
    }

    private func answer(to refusal: Refusal) -> JSONValue {
        let response = api.envelope(refusal)
        let schema: JSONValue = ["$ref": .string("#/components/schemas/\(api.name)Error")]
        let body = (try? JSONParser.parse(response.body)) ?? .null
        let content: JSONValue = ["schema": schema, "example": body]
        var members: [(String, JSONValue)] = [
            ("description", .string(refusal.status.reason)), ("content", .fields([(response.mediaType, content)])),
        ]
        switch refusal.status {
        case .unauthorized where route.credentials.contains(.bearer):
            members.append(("headers", Self.headers(["WWW-Authenticate"], "string")))
        case .tooManyRequests,
            .serviceUnavailable where !operation.statuses.contains(refusal.status):
            members.append(("headers", Self.headers(["Retry-After"], "integer")))
        default: break
        }
        return .fields(members)
    }

    /// Fields that come with an answer, as far as a client may count on them.
    private static func headers(_ names: [String], _ type: String) -> JSONValue {
        .fields(names.map { ($0, ["schema": ["type": .string(type)]]) })
    }

    private var success: JSONValue {
        var members: [(String, JSONValue)] = [("description", .string(operation.summary))]
        if !operation.fields.isEmpty { members.append(("headers", Self.headers(operation.fields, "string"))) }
        switch operation.content {
        case .none: break
        case .text(let text, let type):
            let content: JSONValue = ["schema": ["type": "string"], "example": .string(text)]
            members.append(("content", .fields([(type, content)])))
        case .json(let example, let nullable, let optional):
            let schema = JSONSchema(of: example, nullable: nullable, optional: optional).json
            members.append(("content", ["application/json": ["schema": schema, "example": example]]))
        }
        return .fields(members)
    }
}
