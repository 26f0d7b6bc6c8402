/// One-time codes. One code lives for a realm, purpose and address: the newest. `AuthError.unavailable` when the
/// store is.
package protocol ChallengeStore {
    /// Issues a code with what its occasion brings about, and puts the message into the outbox: all of it or nothing.
    /// A code issued before for the address is worth nothing more. It is counted in the budgets.
    ///
    /// - Throws: `.tooManyRequests` when one of the budgets is used up, the last code for the address, or from the
    ///   session replaced, is too young, the address had its messages of the hour, all had theirs of the day, or texts to
    ///   numbers like it have stopped; `.taken` when the occasion's account cannot be made. Nothing has changed then.
    func issue(_ challenge: Challenge, for occasion: Occasion, counting budgets: [Budget]) throws(AuthError)

    /// Compares a code with the one that was sent. Counts the try before it compares; a right code is used up and
    /// brings about `redemption`: for one of any number of parallel calls, and whole or not at all, but for its message
    /// where the day has none left for it.
    ///
    /// - Throws: `.noChallenge` when none was asked for, or it is used, expired or replaced; `.wrongCode`;
    ///   `.attemptsExhausted` when the code had all its wrong tries, or its address those of the day; `.taken` when the
    ///   account cannot be made: the code stays good then.
    func redeem(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp, bringing redemption: Redemption
    ) throws(AuthError)

    /// Compares as `redeem` does, and leaves a right code as it was: what takes long, such as a password's hash, can be done
    /// then, and is not done for wrong ones.
    ///
    /// - Throws: as `redeem` does before it brings anything about.
    func compare(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp
    ) throws(AuthError)

    /// Whether a code was asked for that somebody gets, and is neither used nor swept away; it may have expired.
    func wasAsked(for purpose: Purpose, of address: Address, in realm: Realm) throws(AuthError) -> Bool
}

extension ChallengeStore {
    /// Issues a code that counts in no budget but its address's.
    package func issue(_ challenge: Challenge, for occasion: Occasion) throws(AuthError) {
        try issue(challenge, for: occasion, counting: [])
    }
}
