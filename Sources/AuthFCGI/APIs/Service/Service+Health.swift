import AuthDomain

/// What monitors and load balancers ask.
extension Service {
    static let healthRoutes = [
        Route(.get, "/healthz") { _, _, _ in .json(.ok, ["status": "ok"]) },
        Route(.get, "/readyz") { _, _, services in
            let faults = services.readiness.faults()
            return faults.isEmpty
                ? .json(.ok, ["status": "ready"])
                : .problem(.serviceUnavailable, faults.joined(separator: "; "))
        },
    ]
}
