package import AuthDomain

/// What tells nobody: the calls of ports without their message.
extension SessionStore {
    package func begin(
        _ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int
    ) throws(AuthError) {
        try begin(session, for: credentials, replacing: replacing, limit: limit, telling: nil, settling: Relief())
    }
}

extension AccountStore {
    package func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession
    ) throws(AuthError) {
        try register(account, provenBy: registration, beginning: session, remembering: nil)
    }

    package func create(_ account: NewAccount, beginning session: NewSession) throws(AuthError) {
        try create(account, beginning: session, telling: nil, perHour: 0)
    }

    package func setPassword(
        _ password: PasswordHash, byGrant grant: SessionDigest, in realm: Realm, at now: Timestamp
    ) throws(AuthError) {
        try setPassword(password, byGrant: grant, proves: false, telling: nil, in: realm, at: now)
    }
}

extension Redemption {
    package static func password(_ account: AccountID, _ hash: PasswordHash) -> Redemption {
        .password(account, hash, telling: nil)
    }
}
