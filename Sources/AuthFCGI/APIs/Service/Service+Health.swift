import AuthDomain

/// What monitors and load balancers ask.
extension Service {
    /// Whoever may monitor reads the metrics; others are refused with 403, so that a monitor whose address is not
    /// configured finds out why.
    func metricsRoute() -> Route {
        Route(.get, "/metrics") { exchange, call, services in
            guard monitoring.admits(exchange.request) else {
                return .problem(.forbidden, "This address may not read the metrics")
            }
            let backlog = try? services.readiness.backlog(at: call.now)
            return monitoring.report(Router.labels(of: apis + [self]), backlog, call.now)
        }
    }

    private static let alive = HTTPResponse.json(.ok, ["status": "ok"])

    static let healthRoutes = [
        Route(.get, "/healthz") { _, _, _ in alive },
        Route(.get, "/readyz") { _, _, services in
            let faults = services.readiness.faults()
            return faults.isEmpty
                ? .json(.ok, ["status": "ready"])
                : .problem(.serviceUnavailable, faults.joined(separator: "; "))
        },
    ]
}
