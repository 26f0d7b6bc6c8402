import Testing

@testable import AuthFCGI

@Suite struct ClaimsReaderTests {
    private static func claims(id: String?) -> TokenClaims {
        TokenClaims(
            issuer: "https://a.example", audience: "users", subject: "Zoë", session: "s", tokenID: "t", type: "access",
            issuedAt: 1_700_000_000, expires: 1_700_000_900, id: id)
    }

    private static func read(_ payload: [UInt8]) -> TokenClaims? {
        var reader = ClaimsReader(payload)
        return reader.claims()
    }

    @Test(arguments: ["42", nil])
    func `claims are read as they were written`(id: String?) {
        let claims = Self.claims(id: id)
        #expect(Self.read(claims.json.octets) == claims)
    }

    @Test func `what it reads is what any JSON reader would`() {
        let payload = Self.claims(id: "42").json.octets
        var read = 0
        for place in payload.indices {
            for octet in Array(#"09az"\{}[],:.-+eE "#.utf8) + [0, 9, 10, 0x1F, 0x7F, 0x80, 0xC3, 0xFF] {
                for replaced in [place..<place + 1, place..<place] {
                    var changed = payload
                    changed.replaceSubrange(replaced, with: [octet])
                    let claims = Self.read(changed)
                    read += claims == nil ? 0 : 1
                    if let claims, claims != TokenClaims(inAnyOrder: changed) {
                        Issue.record("read otherwise: \(String(decoding: changed, as: UTF8.self))")
                    }
                }
            }
            var shorter = payload
            shorter.remove(at: place)
            if let claims = Self.read(shorter) { #expect(claims == TokenClaims(inAnyOrder: shorter)) }
            #expect(Self.read(Array(payload[..<place])) == nil)
        }
        // Letters in a text make other claims.
        #expect(read > 100)
    }

    @Test(arguments: [
        #"{"aud":"users","iss":"https://a.example","sub":"Zoë","sid":"s","jti":"t","iat":1700000000,"exp":1700000900,"typ":"access"}"#,
        #"{ "iss":"https://a.example","aud":"users","sub":"Zo\u00eb","sid":"s","jti":"t","iat":1700000000,"exp":1700000900,"typ":"access"}"#,
    ])
    func `claims written in another way are read as well`(payload: String) {
        #expect(Self.read(Array(payload.utf8)) == nil)
        #expect(TokenClaims(Array(payload.utf8)) == Self.claims(id: nil))
    }
}
