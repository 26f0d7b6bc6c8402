/// A session about to begin.
package struct NewSession: Sendable {
    package let digest: SessionDigest
    package let realm: Realm
    package let created: Timestamp
    /// From this moment on it is over, however much it is used.
    package let expires: Timestamp

    package init(digest: SessionDigest, realm: Realm, created: Timestamp, expires: Timestamp) {
        self.digest = digest
        self.realm = realm
        self.created = created
        self.expires = expires
    }
}
