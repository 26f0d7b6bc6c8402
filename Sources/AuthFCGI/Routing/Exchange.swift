import AuthDomain

/// A request on its way through an endpoint: what the client sent, checked, and what the answer is made with.
struct Exchange {
    let request: HTTPRequest
    let realm: Realm
    /// The body's object; empty where the endpoint takes none.
    let body: JSONObject
    let sealing: any CookieSealing
    let attributes: CookieAttributes

    /// A text of the body; nil when it is absent.
    func text(_ field: String) -> String? {
        guard case .string(let text) = body[field] else { return nil }
        return text
    }

    /// A text of the body that must be there and not be empty.
    func text(_ field: String, required: Field) throws(AuthError) -> String {
        guard let text = text(field), !text.isEmpty else { throw .missing(required) }
        return text
    }

    /// The session that the request's cookie names. A cookie that was not sealed here is as good as none; of two
    /// cookies of the name that name two sessions, neither is meant.
    func session(in cookie: String) -> SessionSecret? {
        let secrets = request.cookies(named: cookie).compactMap { text in
            sealing.open(text, cookie: cookie, realm: realm).flatMap(SessionSecret.init(octets:))
        }
        guard let first = secrets.first, secrets.allSatisfy({ $0.octets == first.octets }) else { return nil }
        return first
    }

    /// The answer with the session in a cookie that lasts `lifetime`.
    func setting(
        _ cookie: String, to session: SessionSecret, lifetime: Duration, on response: HTTPResponse
    ) throws(AuthError) -> HTTPResponse {
        let value = try sealing.seal(session.octets, cookie: cookie, realm: realm)
        return response.adding(
            "Set-Cookie", attributes.header(cookie, value, lifetime: lifetime, isSecure: request.isSecure))
    }

    /// The answer that makes the client forget a cookie.
    func clearing(_ cookie: String, on response: HTTPResponse) -> HTTPResponse {
        response.adding(
            "Set-Cookie", attributes.header(cookie, "", lifetime: .zero, isSecure: request.isSecure))
    }
}
