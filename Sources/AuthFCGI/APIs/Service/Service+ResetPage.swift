/// The pages that the links of reset mails lead to.
extension Service {
    /// The page on which somebody asks for a link.
    static let resetPath = "/reset-password"

    /// Where links lead; the form goes to the same path by `POST`, which is an API's.
    private static let linkPaths = ["/reset-password/:resetToken", "/captain/reset-password/:resetToken"]

    /// The pages. None of them looks at the token: only using it does.
    func pageRoutes() -> [Route] {
        let asking = pages.asking(Self.requestPath(among: apis))
        let setting = pages.setting
        return [Route(.get, Self.resetPath) { _, _, _ in asking }]
            + Self.linkPaths.map { path in Route(.get, path) { _, _, _ in setting } }
    }

    /// Where the API that takes those links sends them from.
    private static func requestPath(among apis: [any API]) -> String? {
        let api = apis.first { api in api.routes.contains { $0.method == .post && linkPaths.first == $0.path } }
        return api?.routes.first { $0.method == .post && $0.path.hasSuffix("/forgot-password") }?.path
    }
}
