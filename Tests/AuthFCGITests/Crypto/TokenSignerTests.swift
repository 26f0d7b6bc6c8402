import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct TokenSignerTests {
    static let secret = [UInt8](repeating: 5, count: 32)
    static let hs = "h:\(Base64.encode(secret))"
    static let ed = "e:ed25519:\(Base64.encode([UInt8](repeating: 6, count: 32)))"
    static let now = Timestamp(microseconds: 1_700_000_000_000_000)
    static let expected = [TokenExpectation(issuer: "https://a.example", audience: "users", type: "access")]
    static let claims = TokenClaims(
        issuer: "https://a.example", audience: "users", subject: "acc", session: "ses", tokenID: "tok", type: "access",
        issuedAt: 1_700_000_000, expires: 1_700_000_900, id: "42")

    private static func signer(_ algorithm: TokenAlgorithm, _ lines: String...) throws -> TokenSigner {
        TokenSigner(keys: try TokenKeys.parse(lines.joined(separator: "\n"), algorithm: algorithm))
    }

    /// A token of any header and payload with a good signature of the HS256 key.
    private static func forge(_ header: String, _ payload: String) throws -> String {
        let input = "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(Array(payload.utf8)))"
        let mac = try HMACSHA256(key: try SecretOctets(copying: secret))
        return "\(input).\(Base64URL.encode(try mac.tag(of: Array(input.utf8))))"
    }

    private static let header = #"{"alg":"HS256","kid":"h","typ":"JWT"}"#
    private static let payload =
        #"{"iss":"https://a.example","aud":"users","sub":"acc","sid":"ses","jti":"tok","iat":1700000000,"#
        + #""exp":1700000900,"typ":"access","id":"42"}"#

    @Test(arguments: [TokenAlgorithm.hs256, .edDSA])
    func `what was signed is said, also a second time`(algorithm: TokenAlgorithm) throws {
        let signer = try Self.signer(algorithm, Self.hs, Self.ed)
        let token = try signer.sign(Self.claims)
        for _ in 0..<2 { #expect(try signer.claims(of: token, expecting: Self.expected, at: Self.now) == Self.claims) }
    }

    @Test func `a token is, octet by octet, what the RFCs make of its claims`() throws {
        #expect(try Self.signer(.hs256, Self.hs).sign(Self.claims) == Self.forge(Self.header, Self.payload))
    }

    @Test(arguments: [TokenAlgorithm.hs256, .edDSA])
    func `a token with any bit flipped is refused, also when the good one is known`(algorithm: TokenAlgorithm) throws {
        let signer = try Self.signer(algorithm, Self.hs, Self.ed)
        let token = try signer.sign(Self.claims)
        _ = try signer.claims(of: token, expecting: Self.expected, at: Self.now)
        for bit in 0..<(token.utf8.count * 8) {
            var octets = Array(token.utf8)
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            let other = String(decoding: octets, as: UTF8.self)
            #expect(throws: TokenError.invalid) { try signer.claims(of: other, expecting: Self.expected, at: Self.now) }
        }
        for other in [token + ".", "." + token, token + "=", token + " ", token + "\n", String(token.dropLast()), ""] {
            #expect(throws: TokenError.invalid) { try signer.claims(of: other, expecting: Self.expected, at: Self.now) }
        }
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT","kid":"h"}"#, #"{"alg":"None","typ":"JWT","kid":"h"}"#,
        #"{"alg":"EdDSA","typ":"JWT","kid":"h"}"#, #"{"alg":"HS256","typ":"JWT","kid":"e"}"#,
        #"{"alg":"HS512","typ":"JWT","kid":"h"}"#, #"{"alg":"HS256","typ":"JWT"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":1}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"h","crit":["exp"]}"#, #"{"alg":"HS256","typ":"JWT","kid":"h"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"h","jku":"https://x"}"#,
        #"{"alg":"HS256","alg":"none","typ":"JWT","kid":"h"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"../h"}"#, #"{ "alg":"HS256","typ":"JWT","kid":"h"}"#, "", "{}", "null",
    ])
    func `any header but a key's own is refused`(header: String) throws {
        let token = try Self.forge(header, Self.payload)
        let signer = try Self.signer(.hs256, Self.hs, Self.ed)
        #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: Self.now) }
    }

    @Test func `a token without its signature is refused`() throws {
        let signer = try Self.signer(.hs256, Self.hs)
        let parts = try signer.sign(Self.claims).split(separator: ".")
        for token in ["\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1])", "\(parts[0])..\(parts[2])"] {
            #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: Self.now) }
        }
    }

    @Test func `the public key of EdDSA is no key of HS256`() throws {
        let pair = try Ed25519Key(seed: [UInt8](repeating: 6, count: 32))
        let input = "\(Base64URL.encode(Array(Self.header.utf8))).\(Base64URL.encode(Array(Self.payload.utf8)))"
        let mac = try HMACSHA256(key: try SecretOctets(copying: pair.publicKey))
        let token = "\(input).\(Base64URL.encode(try mac.tag(of: Array(input.utf8))))"
        let signer = try Self.signer(.edDSA, Self.ed)
        #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: Self.now) }
    }

    @Test(arguments: [
        (#""exp":1700000900"#, #""exp":"1700000900""#), (#""exp":1700000900"#, #""exp":1700000900.0"#),
        (#""exp":1700000900"#, #""exp":17000009e2"#), (#""exp":1700000900"#, #""exp":99999999999999999999"#),
        (#""exp":1700000900"#, #""exp":-1"#), (#""exp":1700000900,"#, ""), (#""exp":1700000900"#, #""exp":null"#),
        (#""iat":1700000000"#, #""iat":1700000006"#), (#""iat":1700000000"#, #""iat":1700000900"#),
        (#""iat":1700000000,"#, ""), (#""aud":"users""#, #""aud":["users"]"#),
        (#""aud":"users""#, #""aud":"captains""#),
        (#""iss":"https://a.example""#, #""iss":"https://b.example""#), (#""typ":"access""#, #""typ":"refresh""#),
        (#""sub":"acc","#, ""), (#""sub":"acc""#, #""sub":"""#), (#""sid":"ses","#, ""), (#""jti":"tok","#, ""),
        (#""id":"42""#, #""id":42"#), (#""id":"42""#, #""nbf":1"#), (#""id":"42""#, #""nbf":null"#),
        (#""id":"42""#, #""sub":"acc""#), (#""id":"42"}"#, #""id":"42"} x"#), (#""id":"42""#, #""id":"42","x":{}"#),
    ])
    func `claims that are not all there, of their type and as expected are refused`(old: String, new: String) throws {
        let payload = Self.payload.replacing(old, with: new)
        #expect(payload != Self.payload)
        let token = try Self.forge(Self.header, payload)
        let signer = try Self.signer(.hs256, Self.hs)
        #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: Self.now) }
    }

    @Test func `of several things to expect one is enough, and none is not`() throws {
        let signer = try Self.signer(.hs256, Self.hs)
        let token = try signer.sign(Self.claims)
        let other = TokenExpectation(issuer: "https://a.example", audience: "users", type: "reset")
        #expect(try signer.claims(of: token, expecting: [other] + Self.expected, at: Self.now) == Self.claims)
        for none in [[other], []] {
            #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: none, at: Self.now) }
        }
    }

    @Test func `a token is over in the second that it names, and not before`() throws {
        let signer = try Self.signer(.hs256, Self.hs)
        let token = try signer.sign(Self.claims)
        let last = Timestamp(microseconds: 1_700_000_899_999_999)
        #expect(try signer.claims(of: token, expecting: Self.expected, at: last) == Self.claims)
        for late in [Timestamp(microseconds: 1_700_000_900_000_000), Timestamp(microseconds: .max)] {
            #expect(throws: TokenError.expired) { try signer.claims(of: token, expecting: Self.expected, at: late) }
        }
        let early = Timestamp(microseconds: 1_699_999_995_000_000)
        #expect(try signer.claims(of: token, expecting: Self.expected, at: early) == Self.claims)
        let tooEarly = Timestamp(microseconds: 1_699_999_994_999_999)
        #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: tooEarly) }
    }

    @Test func `an old key checks until it is gone`() throws {
        let token = try Self.signer(.hs256, Self.hs).sign(Self.claims)
        let rotated = try Self.signer(.edDSA, Self.ed, Self.hs)
        #expect(try rotated.claims(of: token, expecting: Self.expected, at: Self.now) == Self.claims)
        let retired = try Self.signer(.edDSA, Self.ed)
        #expect(throws: TokenError.invalid) { try retired.claims(of: token, expecting: Self.expected, at: Self.now) }
    }

    @Test func `what is too long is neither made nor looked at`() throws {
        let signer = try Self.signer(.hs256, Self.hs)
        let huge = String(repeating: "A", count: 9000)
        var claims = Self.claims
        claims.id = huge
        #expect(throws: AuthError.unavailable) { try signer.sign(claims) }
        let token = try Self.forge(Self.header, Self.payload.replacing("42", with: huge))
        #expect(throws: TokenError.invalid) { try signer.claims(of: token, expecting: Self.expected, at: Self.now) }
    }

    @Test func `the memory of good signatures stays within its bound`() {
        let cache = SignatureCache(capacity: 8)
        for index: UInt8 in 0..<100 {
            cache.insert([index])
            #expect(cache.count <= 8)
            #expect(cache.contains([index]))
        }
        #expect(!cache.contains([0]))
    }

    @Test func `only good signatures are remembered`() throws {
        let cache = SignatureCache()
        let signer = TokenSigner(keys: try TokenKeys.parse(Self.ed, algorithm: .edDSA), cache: cache)
        let token = try signer.sign(Self.claims)
        let last = try #require(token.utf8.last)
        let forged = String(token.dropLast(5)) + "AAAA" + String(UnicodeScalar(last))
        _ = try? signer.claims(of: forged, expecting: Self.expected, at: Self.now)
        #expect(cache.count == 0)
        _ = try signer.claims(of: token, expecting: Self.expected, at: Self.now)
        #expect(cache.count == 1)
    }
}
