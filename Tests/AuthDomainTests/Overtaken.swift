import AuthTestSupport

@testable import AuthDomain

/// Accounts of which somebody else always makes one first.
struct Overtaken: AccountStore {
    let store: InMemoryStore
    let rival: () -> Void

    func exists(_ account: AccountID, in realm: Realm) throws(AuthError) -> Bool {
        try store.exists(account, in: realm)
    }

    func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool {
        try store.isTaken(identifier, in: realm)
    }

    func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname> {
        try store.taken(among: nicknames, in: realm)
    }

    func account(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Account? {
        try store.account(identifier, in: realm)
    }

    func accounts(_ addresses: [Address?], in realm: Realm) throws(AuthError) -> [FoundAccount?] {
        try store.accounts(addresses, in: realm)
    }

    func pending(_ address: Address, in realm: Realm, at now: Timestamp) throws(AuthError) -> PendingAccount? {
        try store.pending(address, in: realm, at: now)
    }

    func credentials(of identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Credentials? {
        try store.credentials(of: identifier, in: realm)
    }

    func upgrade(_ old: PasswordHash, of account: AccountID, to new: PasswordHash) throws(AuthError) -> Bool {
        try store.upgrade(old, of: account, to: new)
    }

    func create(
        _ account: NewAccount, beginning session: NewSession, telling message: Message?, perHour: Int
    ) throws(AuthError) {
        rival()
        try store.create(account, beginning: session, telling: message, perHour: perHour)
    }

    func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession,
        remembering owner: KnownClient?
    ) throws(AuthError) {
        try store.register(account, provenBy: registration, beginning: session, remembering: owner)
    }

    func offer(_ reset: ResetOffer) throws(AuthError) { try store.offer(reset) }

    func holder(ofGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError) -> Account {
        try store.holder(ofGrant: grant, in: realm, at: now)
    }

    func setPassword(
        _ password: PasswordHash, byGrant grant: SessionDigest, proves: Bool, telling message: Message?,
        in realm: Realm, at now: Timestamp
    ) throws(AuthError) {
        try store.setPassword(password, byGrant: grant, proves: proves, telling: message, in: realm, at: now)
    }
}
