extension TokenClaims {
    /// The claims of a token's payload; nil unless all are there, each of its one type, and `nbf`, which this service
    /// never writes, is not.
    init?(_ payload: [UInt8]) {
        var reader = ClaimsReader(payload)
        guard let claims = reader.claims() ?? TokenClaims(inAnyOrder: payload) else { return nil }
        self = claims
    }

    /// The same, however they are written.
    init?(inAnyOrder payload: [UInt8]) {
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
