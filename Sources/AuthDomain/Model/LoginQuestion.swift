/// Which login session is looked for, and when: `SessionStore.logins` says what is found.
package struct LoginQuestion: Sendable, Equatable {
    package let digest: SessionDigest
    package let realm: Realm
    /// After how long without use a session is over.
    package let idle: Duration
    package let now: Timestamp

    package init(digest: SessionDigest, realm: Realm, idle: Duration, now: Timestamp) {
        self.digest = digest
        self.realm = realm
        self.idle = idle
        self.now = now
    }

    /// How many are answered together at most.
    package static let most = 16

    /// Whether both can be answered together.
    package func goes(with other: LoginQuestion) -> Bool { idle == other.idle && realm == other.realm }
}
