/// Reads claims as `TokenClaims.json` writes them, in its order and without white space, as nearly all tokens have them:
/// no tree of values is made (`docs/performance.md`).
struct ClaimsReader: ~Copyable {
    private let payload: [UInt8]
    private var position = 0

    /// A reader of a token's payload.
    init(_ payload: [UInt8]) { self.payload = payload }

    /// The claims; nil when they are written in another way, or are none.
    mutating func claims() -> TokenClaims? {
        guard (try? UTF8Span(validating: payload.span)) != nil,
            let issuer = text(after: #"{"iss":""#), let audience = text(after: #","aud":""#),
            let subject = text(after: #","sub":""#), let session = text(after: #","sid":""#),
            let tokenID = text(after: #","jti":""#), let issuedAt = seconds(after: #","iat":"#),
            let expires = seconds(after: #","exp":"#), let type = text(after: #","typ":""#)
        else { return nil }
        let id = text(after: #","id":""#)
        guard steps(over: "}"), position == payload.count else { return nil }
        return TokenClaims(
            issuer: issuer, audience: audience, subject: subject, session: session, tokenID: tokenID, type: type,
            issuedAt: issuedAt, expires: expires, id: id)
    }

    private mutating func steps(over literal: StaticString) -> Bool {
        let end = position + literal.utf8CodeUnitCount
        guard end <= payload.count, payload.span.extracting(position..<end).isSame(as: literal) else { return false }
        position = end
        return true
    }

    /// A text in which nothing is escaped, and what follows its closing quote comes next.
    private mutating func text(after literal: StaticString) -> String? {
        guard steps(over: literal) else { return nil }
        let start = position
        let end = payload.span.endOfPlainText(from: start)
        guard end > start, end < payload.count, payload[end] == 0x22 else { return nil }
        position = end + 1
        return String(decoding: payload[start..<end], as: UTF8.self)
    }

    /// A whole number of at most eighteen digits.
    private mutating func seconds(after literal: StaticString) -> Int64? {
        guard steps(over: literal) else { return nil }
        let start = position
        var number: Int64 = 0
        while position < payload.count, position - start < 18, 0x30...0x39 ~= payload[position] {
            number = number * 10 + Int64(payload[position] - 0x30)
            position += 1
        }
        guard position > start, payload[start] != 0x30 else { return nil }
        return number
    }
}
