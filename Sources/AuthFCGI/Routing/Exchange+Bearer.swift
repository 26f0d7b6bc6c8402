import AuthDomain

/// Bearer tokens that nothing renews: each stands for one session and is good for as long as that lives.
extension Exchange {
    /// The token to call with, for who was issued a session.
    func token(for issued: Issued, in call: CallContext) throws(AuthError) -> String {
        try sealing.tokens.issue(
            .bearer, Token(session: issued.session, account: issued.account), realm: realm, at: call.now,
            expires: call.now + issued.lifetime)
    }

    /// Whom the request's bearer token names; nil when it carries none. A token that is not good names no session.
    func caller(at now: Timestamp) -> ResolveSession.Input? {
        guard let bearer, !bearer.isEmpty else { return nil }
        let token = sealing.tokens.read(bearer, as: .bearer, realm: realm, at: now)
        return ResolveSession.Input(session: token?.session, claimed: token?.account)
    }
}
