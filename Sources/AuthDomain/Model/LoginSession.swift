/// A live login session and whose it is. An object, since it is handed on often and an account has many parts.
package final class LoginSession: Sendable {
    package let digest: SessionDigest
    package let realm: Realm
    package let account: Account
    package let created: Timestamp
    /// When its use was last written down.
    package let seen: Timestamp
    /// From this moment on it is over, however much it is used.
    package let expires: Timestamp

    package init(
        digest: SessionDigest, realm: Realm, account: Account, created: Timestamp, seen: Timestamp, expires: Timestamp
    ) {
        self.digest = digest
        self.realm = realm
        self.account = account
        self.created = created
        self.seen = seen
        self.expires = expires
    }
}
