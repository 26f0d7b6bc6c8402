/// A live login session and whose it is.
package struct LoginSession: Sendable, Equatable {
    package let digest: SessionDigest
    package let realm: Realm
    package let account: Account
    /// When its use was last written down.
    package let seen: Timestamp

    package init(digest: SessionDigest, realm: Realm, account: Account, seen: Timestamp) {
        self.digest = digest
        self.realm = realm
        self.account = account
        self.seen = seen
    }
}
