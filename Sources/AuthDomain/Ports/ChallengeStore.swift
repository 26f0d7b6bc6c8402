/// One-time codes. One code lives for a realm, purpose and address: the newest. `AuthError.unavailable` when the
/// store is.
package protocol ChallengeStore {
    /// Issues a code, begins the registration session that may tell it, and puts the message into the outbox: all of
    /// it or nothing. The session in `replacing` ends; a code issued before for the address is worth nothing more.
    ///
    /// - Throws: `.tooManyRequests` when the last code for the address, or from the session replaced, is too young, or
    ///   the address had its messages of the hour. Nothing has changed then.
    func issue(_ challenge: Challenge, beginning session: NewSession, replacing: SessionDigest?) throws(AuthError)

    /// Compares a code with the one that the registration session asked for. Counts the try before it compares; a
    /// right code is used up, and its phone is proven in the session: one of any number of parallel calls.
    ///
    /// - Throws: `.noChallenge` when the session asked for none, or its code is used, expired or replaced; `.wrongCode`;
    ///   `.attemptsExhausted` when the code had all its wrong tries, or its address those of the day.
    func redeem(
        _ code: OneTimeCode, for purpose: Purpose, askedIn session: SessionDigest, in realm: Realm,
        policy: CodePolicy, at now: Timestamp
    ) throws(AuthError)
}
