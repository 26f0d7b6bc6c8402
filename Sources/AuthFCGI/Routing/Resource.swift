/// What answers at one path, by method.
struct Resource: Sendable {
    private(set) var endpoints: [Endpoint] = []

    /// Adds an endpoint; false when its method has one already.
    mutating func add(_ endpoint: Endpoint) -> Bool {
        guard self[endpoint.route.method] == nil else { return false }
        endpoints.append(endpoint)
        return true
    }

    /// The endpoint of a method, taken as it is.
    private subscript(method: HTTPMethod) -> Endpoint? { endpoints.first { $0.route.method == method } }

    /// The endpoint that answers to a method: to `HEAD` where `GET` is answered, unless that changes something.
    func endpoint(for method: HTTPMethod) -> Endpoint? {
        guard method == .head else { return self[method] }
        return self[.get].flatMap { $0.route.isGuarded ? nil : $0 }
    }

    /// The methods as `Allow` lists them (RFC 9110, 10.2.1).
    var allowed: String {
        var names = endpoints.map(\.route.method.name)
        if endpoint(for: .head) != nil { names.append(HTTPMethod.head.name) }
        names.append(HTTPMethod.options.name)
        return names.sorted().joined(separator: ", ")
    }
}
