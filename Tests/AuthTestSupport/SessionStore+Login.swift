package import AuthDomain

extension SessionStore {
    /// The login session of a digest, asked for by itself.
    package func login(
        _ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp
    ) throws(AuthError) -> LoginSession? {
        try login(LoginQuestion(digest: digest, realm: realm, idle: idle, now: now))
    }
}
