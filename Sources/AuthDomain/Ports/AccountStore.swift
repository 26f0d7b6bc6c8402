/// The accounts of all realms. Each call is one atomic intention; `AuthError.unavailable` when the store is.
package protocol AccountStore {
    /// Whether the account is there.
    func exists(_ account: AccountID, in realm: Realm) throws(AuthError) -> Bool

    /// Whether an account of the realm has this identifier.
    func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool

    /// Those of `nicknames` that an account of the realm has.
    func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname>

    /// The account of the realm that has this identifier.
    func account(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Account?

    /// The accounts of the realm that have these emails and phones, each at its identifier's place; nil where no account
    /// that may be used has it.
    func accounts(_ addresses: [Address?], in realm: Realm) throws(AuthError) -> [FoundAccount?]

    /// The registration that waits for the proof of this address, at `now`; where there is none, the newest that has
    /// the address beside the one that it waits for.
    func pending(_ address: Address, in realm: Realm, at now: Timestamp) throws(AuthError) -> PendingAccount?

    /// What a login as `identifier` is judged by; nil when no account of the realm has it.
    func credentials(of identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Credentials?

    /// Replaces a password's hash by a better one of the same password; false when it was changed meanwhile.
    func upgrade(_ old: PasswordHash, of account: AccountID, to new: PasswordHash) throws(AuthError) -> Bool

    /// Makes the account, nothing of it proven, begins `session` as its login, and puts `message` into the outbox: all of
    /// it or nothing. Whose address had `perHour` messages in the hour is not sent another, nor is anybody when the day's
    /// have gone.
    ///
    /// - Throws: `.taken` with the field that another account has.
    func create(
        _ account: NewAccount, beginning session: NewSession, telling message: Message?, perHour: Int
    ) throws(AuthError)

    /// Makes the account from the registration session that proved its phone, ends that session and begins `session`
    /// as the account's login: all of it or nothing.
    ///
    /// A session proves once: whatever arrives in parallel, one call makes one account.
    ///
    /// - Throws: `.unproven` when the session is none, over, or did not prove the account's phone; `.taken` with the
    ///   field that another account has.
    func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession,
        remembering owner: KnownClient?
    ) throws(AuthError)

    /// Gives out a grant to set a new password, in place of any given before, and puts the link into the outbox.
    ///
    /// - Throws: `.tooManyRequests` when the last link is too young, the address had its messages of the hour, or all
    ///   had theirs of the day.
    func offer(_ reset: ResetOffer) throws(AuthError)

    /// Whose password the grant lets set at `now`.
    ///
    /// - Throws: `.noGrant` when it is none, used or over.
    func holder(ofGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError) -> Account

    /// Uses the grant up, sets the password, ends everything that was issued to the account, forgets its clients, and puts
    /// `message` into the outbox if the day has one left for it. Where it `proves`, the address that the grant was given to
    /// counts as proven.
    ///
    /// - Throws: `.noGrant` when it is none, used or over.
    func setPassword(
        _ password: PasswordHash, byGrant grant: SessionDigest, proves: Bool, telling message: Message?,
        in realm: Realm, at now: Timestamp
    ) throws(AuthError)
}
