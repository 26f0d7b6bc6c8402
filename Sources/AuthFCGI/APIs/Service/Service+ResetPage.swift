/// The pages that the links of reset mails lead to.
extension Service {
    /// The page on which somebody asks for a link.
    static let resetPath = "/reset-password"

    /// Where links lead, as far as there are any: the form goes to the same path by `POST`, and an API takes that.
    var linkPaths: [String] {
        ["/reset-password/:resetToken", "/captain/reset-password/:resetToken"].filter { api(taking: $0) != nil }
    }

    /// The pages. None of them looks at the token: only using it does.
    func pageRoutes() -> [Route] {
        let asking = pages.asking(requestPath)
        let setting = pages.setting
        return [Route(.get, Self.resetPath) { _, _, _ in asking }]
            + linkPaths.map { path in Route(.get, path) { _, _, _ in setting } }
    }

    /// Where the API that takes such links sends them from.
    private var requestPath: String? {
        guard let path = linkPaths.first, let api = api(taking: path) else { return nil }
        return api.routes.first { $0.method == .post && $0.path.hasSuffix("/forgot-password") }?.path
    }

    private func api(taking path: String) -> (any API)? {
        apis.first { api in api.routes.contains { $0.method == .post && $0.path == path } }
    }
}
