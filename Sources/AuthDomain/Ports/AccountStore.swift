/// The accounts of all realms. Each call is one atomic intention; `AuthError.unavailable` when the store is.
package protocol AccountStore {
    /// Whether an account of the realm has this identifier.
    func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool

    /// Those of `nicknames` that an account of the realm has.
    func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname>

    /// What a login as `identifier` is judged by; nil when no account of the realm has it.
    func credentials(of identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Credentials?

    /// Replaces a password's hash by a better one of the same password; false when it was changed meanwhile.
    func upgrade(_ old: PasswordHash, of account: AccountID, to new: PasswordHash) throws(AuthError) -> Bool

    /// Makes the account from the registration session that proved its phone, ends that session and begins `session`
    /// as the account's login: all of it or nothing.
    ///
    /// A session proves once: whatever arrives in parallel, one call makes one account.
    ///
    /// - Throws: `.unproven` when the session is none, over, or proved nothing; `.taken` with the field that another
    ///   account has.
    func register(_ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession)
        throws(AuthError)
}
