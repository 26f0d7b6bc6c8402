import AuthDomain

/// The page that the link of a notice leads to. Looking at it ends nothing: scanners of mails look at links, too.
extension Service {
    func endSessionRoutes() -> [Route] {
        let path = EndSessionLink.path + "/:link"
        let pages = pages
        return [
            Route(.get, path) { _, _, _ in pages.endingSession },
            Route(.post, path, refusing: [.noGrant: Refusal(.forbidden, "The link is used or too old")]) {
                exchange, call, services throws(AuthError) in
                do throws(AuthError) {
                    try end(exchange, call, services)
                } catch .noGrant where exchange.request.isForPage {
                    return pages.endedSession(isEnded: false)
                }
                return pages.endedSession(isEnded: true)
            },
        ]
    }

    /// Ends the session that the link is for, in the tenant that the request is in.
    private func end(_ exchange: Exchange, _ call: CallContext, _ services: Services) throws(AuthError) {
        guard let link = EndSessionLink(segment: exchange.segment),
            let realm = Realm(link.realm, tenant: exchange.request.tenant)
        else { throw .noGrant }
        let call = CallContext(now: call.now, realm: realm, policy: call.policy)
        try EndSessionByLink.run(link.secret, in: call, with: services)
    }
}
