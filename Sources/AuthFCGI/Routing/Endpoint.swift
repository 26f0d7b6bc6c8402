import AuthDomain

/// A route, whose it is, and what of that every request asks for: put together once.
final class Endpoint: Sendable {
    let route: Route
    let api: any API
    let cookies: [String]
    let policy: Policy
    /// By what its requests are known in the log and the metrics.
    let label: RequestMeter.Label
    /// Where that stands among the router's labels.
    let place: Int
    /// The realm of requests that name no tenant; nil when the API's is no sound name.
    private let realm: Realm?

    init(_ route: Route, of api: any API, label: RequestMeter.Label, place: Int) {
        self.route = route
        self.api = api
        cookies = api.cookies
        policy = api.policy
        realm = Realm(api.realm)
        self.label = label
        self.place = place
    }

    /// The realm of a tenant's requests; nil when the web server names none that can be one.
    func realm(of tenant: String?) -> Realm? {
        guard let tenant else { return realm }
        return Realm(api.realm, tenant: tenant)
    }
}
