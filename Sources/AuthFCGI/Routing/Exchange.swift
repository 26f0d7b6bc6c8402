import AuthDomain

/// A request on its way through an endpoint: what the client sent, checked, and what the answer is made with.
struct Exchange {
    let request: HTTPRequest
    let realm: Realm
    /// The body's object; empty where the endpoint takes none.
    let body: JSONObject
    /// What stands where the route's path has a variable segment.
    let segment: String?
    let sealing: Sealing
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

    /// A whole number of the body; nil when it is absent.
    func integer(_ field: String) -> Int? {
        guard case .number(let text) = body[field] else { return nil }
        return Int(text)
    }

    /// The value of the request's bearer token (RFC 6750, 2.1).
    var bearer: String? {
        guard let octets = request.authorization else { return nil }
        let scheme: StaticString = "bearer "
        let beginning = octets.prefix(scheme.utf8CodeUnitCount)
        let isBearer = scheme.withUTF8Buffer { scheme in
            unsafe beginning.elementsEqual(scheme) { octet, letter in
                octet == letter || (octet & 0x40 != 0 && octet | 0x20 == letter)
            }
        }
        let token = octets.dropFirst(beginning.count).drop { $0 == 0x20 }
        return isBearer ? String(decoding: token, as: UTF8.self) : nil
    }

    /// The session that the request's cookie names. A cookie that was not sealed here is as good as none; of two
    /// cookies of the name that name two sessions, neither is meant.
    func session(in cookie: String) -> SessionSecret? {
        let secrets = request.cookies(named: cookie).compactMap { text in
            sealing.cookies.open(text, cookie: cookie, realm: realm).flatMap(SessionSecret.init(octets:))
        }
        guard let first = secrets.first, secrets.allSatisfy({ $0.octets == first.octets }) else { return nil }
        return first
    }

    /// What the access token in a cookie says; of two cookies of the name, neither is meant.
    func token(in cookie: String, at now: Timestamp) -> Token? {
        let texts = request.cookies(named: cookie)
        guard texts.count == 1, let text = texts.first else { return nil }
        return sealing.tokens.read(text, as: .access, realm: realm, at: now)
    }

    /// The same request in another realm.
    func entering(_ realm: Realm) -> Exchange {
        Exchange(
            request: request, realm: realm, body: body, segment: segment, sealing: sealing, attributes: attributes)
    }

    /// The session that a sealed text names, as it stands in a cookie of this name.
    func session(sealed text: String, as cookie: String) -> SessionSecret? {
        sealing.cookies.open(text, cookie: cookie, realm: realm).flatMap(SessionSecret.init(octets:))
    }

    /// The session as it stands in a cookie of this name.
    func sealed(_ session: SessionSecret, as cookie: String) throws(AuthError) -> String {
        try sealing.cookies.seal(session.octets, cookie: cookie, realm: realm)
    }

    /// The answer with the session in a cookie that lasts `lifetime`.
    func setting(
        _ cookie: String, to session: SessionSecret, lifetime: Duration, on response: HTTPResponse
    ) throws(AuthError) -> HTTPResponse {
        setting(cookie, value: try sealed(session, as: cookie), lifetime: lifetime, on: response)
    }

    /// The answer with a cookie of this value, for the paths under `path`.
    func setting(
        _ cookie: String, value: String, lifetime: Duration, path: String = "/", on response: HTTPResponse
    ) -> HTTPResponse {
        response.adding(
            "Set-Cookie",
            attributes.header(cookie, value, lifetime: lifetime, path: path, isSecure: request.isSecure))
    }

    /// The answer that makes the client forget a cookie.
    func clearing(_ cookie: String, path: String = "/", on response: HTTPResponse) -> HTTPResponse {
        setting(cookie, value: "", lifetime: .zero, path: path, on: response)
    }
}
