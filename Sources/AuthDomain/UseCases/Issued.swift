/// A session that has begun, as its holder gets it.
package struct Issued: Sendable {
    package let session: SessionSecret
    /// How long it lasts at most.
    package let lifetime: Duration
    package let account: AccountID

    init(_ session: SessionSecret, lasting lifetime: Duration, for account: AccountID) {
        self.session = session
        self.lifetime = lifetime
        self.account = account
    }
}
