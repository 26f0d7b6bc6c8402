/// The sessions of all realms, found by the digest of their secret. `AuthError.unavailable` when the store is.
package protocol SessionStore {
    /// The registration session, when it is one of the realm and not over at `now`.
    func registration(_ digest: SessionDigest, in realm: Realm, at now: Timestamp)
        throws(AuthError) -> RegistrationSession?

    /// The login session and its account, when it is one of the realm and neither ended, idle too long nor expired
    /// at `now`.
    func login(_ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp)
        throws(AuthError) -> LoginSession?

    /// Writes down that a session was used.
    func touch(_ digest: SessionDigest, at now: Timestamp) throws(AuthError)

    /// Begins a login session, ends the one in `replacing` if it lives, and of more than `limit` live ones of the
    /// account ends the oldest.
    ///
    /// - Throws: `.wrongCredentials` when the account's password is no longer the one that the login was judged by.
    func begin(_ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int)
        throws(AuthError)

    /// Ends a login session of the realm; false when there is none that lives at `now`.
    func end(_ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp) throws(AuthError) -> Bool
}
