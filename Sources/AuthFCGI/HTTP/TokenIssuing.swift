import AuthDomain

/// What a signed token (RFC 7519) may be used for; one kind is nothing for another.
enum TokenKind: String, CaseIterable, Sendable {
    /// To call with for some minutes; a refresh token renews it.
    case access
    /// To call with for as long as its session lives.
    case bearer
    /// To set a new password.
    case reset
}

/// What a signed token says.
struct Token: Sendable {
    let session: SessionSecret
    let account: AccountID
}

/// What a refresh token says.
struct RefreshToken: Sendable {
    let session: SessionSecret
    /// Which of the session's refresh tokens it is; the first is 0.
    let generation: Int
}

/// Turns sessions into tokens that clients carry, and back. A token says nothing about whether its session lives.
protocol TokenIssuing {
    /// A signed token that is good until `expires`.
    func issue(
        _ kind: TokenKind, _ token: Token, realm: Realm, at now: Timestamp, expires: Timestamp
    ) throws(AuthError) -> String

    /// What a token of one of these kinds and of the realm says; nil for anything that was not issued as one, or is over.
    func read(_ text: String, as kinds: [TokenKind], realm: Realm, at now: Timestamp) -> Token?

    /// A refresh token: the same text each time for the same session and number.
    func issue(_ refresh: RefreshToken, realm: Realm) throws(AuthError) -> String

    /// What a refresh token of the realm says; nil for anything that was not issued as one.
    func readRefresh(_ text: String, realm: Realm) -> RefreshToken?
}

extension TokenIssuing {
    /// The same, for one kind.
    func read(_ text: String, as kind: TokenKind, realm: Realm, at now: Timestamp) -> Token? {
        read(text, as: [kind], realm: realm, at: now)
    }
}
