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
            let issuer = object.text("iss"), let audience = object.text("aud"),
            let subject = object.text("sub"), let session = object.text("sid"),
            let tokenID = object.text("jti"), let issuedAt = object.seconds("iat"),
            let expires = object.seconds("exp"), let type = object.text("typ")
        else { return nil }
        let id = object.text("id")
        if id == nil, object["id"] != nil { return nil }
        self.init(
            issuer: issuer, audience: audience, subject: subject, session: session, tokenID: tokenID, type: type,
            issuedAt: issuedAt, expires: expires, id: id)
    }
}

extension JSONObject {
    fileprivate func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name], !text.isEmpty else { return nil }
        return text
    }

    fileprivate func seconds(_ name: String) -> Int64? {
        guard case .number(let text)? = self[name], let seconds = Int64(text), seconds >= 0 else {
            return nil
        }
        return seconds
    }
}
