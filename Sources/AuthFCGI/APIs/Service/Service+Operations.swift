import AuthDomain

/// What the description of the service says of its own resources.
extension Service {
    var operations: [String: Operation] {
        let page = Operation.Content.text("<!doctype html>", type: "text/html")
        let links = linkPaths.map { ("GET \($0)", Operation.ok("The page that a reset link leads to", page)) }
        let own: [String: Operation] = [
            "GET /healthz": .ok("Tells that the process serves", .json(["status": "ok"])),
            "GET /readyz": Operation(
                summary: "Tells whether the database answers and its schema is current", status: .ok,
                content: .json(["status": "ready"]), statuses: [.serviceUnavailable]),
            "GET /metrics": Operation(
                summary: "Metrics for monitors, by address", status: .ok,
                content: .text("# TYPE authfcgi_workers gauge\nauthfcgi_workers 2\n"), statuses: [.forbidden]),
            "GET \(HTTPRequest.authorization)": Operation(
                summary: "Tells a web server by header fields who is logged in", status: .noContent, content: .none,
                useCases: [InspectSession.self], statuses: [.badRequest], parameters: ["realm"]
            ).sending("X-Auth-User", "X-Auth-Email", "X-Auth-Realm", "X-Auth-Session"),
            "GET /.well-known/jwks.json": .ok("The public keys of tokens", .json(["keys": .array([])])),
            "GET /.well-known/change-password": Operation(
                summary: "Leads to the page where a password is changed", status: .found, content: .none
            ).sending("Location"),
            "GET /openapi.json": .ok("This description", .json(["openapi": "3.1.0"])),
            "GET /reset-password": .ok("The page on which a reset link is asked for", page),
            "GET /end-session/:link": .ok("The page on which a device can be logged out that is not one's own", page),
            "POST /end-session/:link": .ok(
                "Ends the session that a notice told of", page, running: [EndSessionByLink.self]),
        ]
        return own.merging(links) { own, _ in own }
    }
}
