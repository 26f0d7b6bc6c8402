/// What a token says (RFC 7519, 4.1).
struct TokenClaims: Equatable, Sendable {
    /// `iss`: whose token it is.
    let issuer: String
    /// `aud`: for whom it is.
    let audience: String
    /// `sub`: the account.
    let subject: String
    /// `sid`: the session that the token stands for; ended, the token is worth nothing.
    let session: String
    /// `jti`: no other token's.
    let tokenID: String
    /// `typ`: what the token is for (access, refresh, reset), so that none serves as another.
    let type: String
    /// `iat`: seconds since 1970.
    let issuedAt: Int64
    /// `exp`: seconds since 1970, from which on it is worth nothing.
    let expires: Int64
    /// `id`: the account as some clients look for it.
    var id: String?

    /// The claims as a token holds them.
    var json: JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "iss", value: .string(issuer)), .init(name: "aud", value: .string(audience)),
            .init(name: "sub", value: .string(subject)), .init(name: "sid", value: .string(session)),
            .init(name: "jti", value: .string(tokenID)), .init(name: "iat", value: .integer(issuedAt)),
            .init(name: "exp", value: .integer(expires)), .init(name: "typ", value: .string(type)),
        ]
        if let id { members.append(.init(name: "id", value: .string(id))) }
        return .object(JSONObject(members: members))
    }
}

extension TokenClaims {
    /// The claims of a token's payload; nil unless all are there, each of its one type, and `nbf`, which this service
    /// never writes, is not.
    init?(_ payload: [UInt8]) {
        guard let value = try? JSONParser.parse(payload, deepest: 1), case .object(let object) = value,
            !object.members.contains(where: { $0.isCalled("nbf") }),
            let issuer = object.text("iss", at: 0), let audience = object.text("aud", at: 1),
            let subject = object.text("sub", at: 2), let session = object.text("sid", at: 3),
            let tokenID = object.text("jti", at: 4), let issuedAt = object.seconds("iat", at: 5),
            let expires = object.seconds("exp", at: 6), let type = object.text("typ", at: 7)
        else { return nil }
        let id = object.text("id", at: 8)
        if id == nil, object["id"] != nil { return nil }
        self.init(
            issuer: issuer, audience: audience, subject: subject, session: session, tokenID: tokenID, type: type,
            issuedAt: issuedAt, expires: expires, id: id)
    }
}

extension JSONObject {
    /// The value of a member that is most likely at `place`: where `TokenClaims.json` puts it.
    private func value(_ name: String, at place: Int) -> JSONValue? {
        guard members.indices.contains(place), members[place].isCalled(name) else { return self[name] }
        return members[place].value
    }

    fileprivate func text(_ name: String, at place: Int) -> String? {
        guard case .string(let text)? = value(name, at: place), !text.isEmpty else { return nil }
        return text
    }

    fileprivate func seconds(_ name: String, at place: Int) -> Int64? {
        guard case .number(let text)? = value(name, at: place), let seconds = Int64(text), seconds >= 0 else {
            return nil
        }
        return seconds
    }
}
