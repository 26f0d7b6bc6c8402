import AuthDomain

/// The description of what the service answers to (OpenAPI 3.1), made from the tables that it answers by.
struct OpenAPIDocument: Sendable {
    let apis: [any API]
    /// The program's version.
    let version: String

    /// The document.
    var json: JSONValue {
        [
            "openapi": "3.1.0", "info": ["title": "AuthFCGI", "version": .string(version)],
            "servers": .array([["url": "/"]]), "tags": .array(tags), "paths": paths,
            "components": [
                "schemas": .fields(names.map { ("\($0.name)Error", errorSchema(of: $0)) }),
                "securitySchemes": securitySchemes,
            ],
        ]
    }

    /// One API of each name: they share their words.
    private var names: [any API] {
        var seen: Set<String> = []
        return apis.filter { seen.insert($0.name).inserted }
    }

    private var tags: [JSONValue] { names.map { ["name": .string($0.name)] } }

    private var paths: JSONValue {
        var items: [(String, [(String, JSONValue)])] = []
        for api in apis {
            for route in api.routes {
                guard let operation = api.operations[Operation.key(route.method, route.path)] else { continue }
                let path = OpenAPIOperation.path(of: route)
                let member = (
                    route.method.name.lowercased(),
                    OpenAPIOperation(route: route, api: api, operation: operation).json
                )
                if let index = items.firstIndex(where: { $0.0 == path }) {
                    items[index].1.append(member)
                } else {
                    items.append((path, [member]))
                }
            }
        }
        return .fields(items.map { ($0.0, .fields($0.1)) })
    }

    private func errorSchema(of api: any API) -> JSONValue {
        let detail = Refusal.Detail(field: "email", message: "is required")
        let plain = members(of: api.envelope(Refusal(.badRequest, "Malformed request")))
        let detailed = members(of: api.envelope(Refusal(.badRequest, "Malformed request", details: [detail])))
        let optional = Set(detailed.map(\.name)).subtracting(plain.map(\.name))
        return JSONSchema(of: .object(JSONObject(members: detailed)), optional: optional).json
    }

    private func members(of response: HTTPResponse) -> [JSONObject.Member] {
        guard case .object(let object)? = try? JSONParser.parse(response.body) else { return [] }
        return object.members
    }

    private var securitySchemes: JSONValue {
        let credentials = Set(apis.flatMap { $0.routes.flatMap(\.credentials) })
        return .fields(
            credentials.compactMap { credential in
                switch credential {
                case .bearer: ("bearer", ["type": "http", "scheme": "bearer"])
                case .cookie(let name): (name, ["type": "apiKey", "in": "cookie", "name": .string(name)])
                case .body: nil
                }
            }.sorted { $0.0 < $1.0 })
    }
}

extension Credential {
    /// What the description requires of a client that is known by it: nothing where the body has it.
    var requirement: JSONValue {
        switch self {
        case .bearer: ["bearer": .array([])]
        case .cookie(let name): .fields([(name, .array([]))])
        case .body: .fields([])
        }
    }
}

extension JSONValue {
    /// An object of these members, in this order.
    static func fields(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(JSONObject(members: members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}
