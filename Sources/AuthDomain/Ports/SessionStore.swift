/// The sessions of all realms, found by the digest of their secret. `AuthError.unavailable` when the store is.
package protocol SessionStore {
    /// The registration session, when it is one of the realm and not over at `now`.
    func registration(_ digest: SessionDigest, in realm: Realm, at now: Timestamp)
        throws(AuthError) -> RegistrationSession?

    /// For each question the login session and its account, when it is one of the realm and neither ended, idle too long
    /// nor expired at the latest moment of all that are asked. They are `LoginQuestion.most` at most, and go with each other.
    func logins(_ questions: [LoginQuestion]) -> [Result<LoginSession?, AuthError>]

    /// Writes down that sessions were used, `LoginQuestion.most` of them at most. It waits for nobody: a session that is being
    /// changed at this moment may be passed over, until it is used again.
    func touch(_ digests: [SessionDigest], at now: Timestamp) throws(AuthError)

    /// Begins a login session, ends the one in `replacing` if it lives, of more than `limit` live ones of the account
    /// ends the oldest, gives out the notice, if there is one and the day has a message left for it, and sees to the
    /// relief: all of it or nothing.
    ///
    /// - Throws: `.wrongCredentials` when the account's password is no longer the one that the login was judged by.
    func begin(
        _ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int,
        telling notice: LoginNotice?, settling relief: Relief
    ) throws(AuthError)

    /// Uses the grant of a notice up and ends the session that it was given out with, and no other.
    ///
    /// - Throws: `.noGrant` when it is none of the realm, used or over.
    func end(byGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError)

    /// Ends a login session of the realm; false when there is none that lives at `now`.
    func end(_ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp) throws(AuthError) -> Bool

    /// Makes refresh token number `generation` of a login session give way to the next one: of parallel calls one does.
    /// A call with the number before the present one gets the same successor for `grace` from its making on; any other
    /// number that was used before ends the session, since somebody else has the token too.
    ///
    /// The session then lasts until `expires`.
    ///
    /// - Returns: the number of the present token.
    /// - Throws: `.noSession` when there is no such session that lives at `now`, or the number's time is over.
    func refresh(
        _ digest: SessionDigest, generation: Int, in realm: Realm, at now: Timestamp, grace: Duration,
        expires: Timestamp
    ) throws(AuthError) -> Int

    /// Counts a call of `name` by the account in the present minute.
    ///
    /// - Throws: `.tooManyRequests` when it had `limit` already.
    func count(_ name: CallName, by account: AccountID, limit: Int, window: Duration, at now: Timestamp)
        throws(AuthError)
}

extension SessionStore {
    /// The login session of a question that is asked by itself.
    package func login(_ question: LoginQuestion) throws(AuthError) -> LoginSession? {
        try logins([question]).first?.get() ?? nil
    }
}
