import AuthDomain

/// Which login session is looked for, and when: `SessionStore.login` says what is found.
struct LoginQuestion: Sendable, Equatable {
    let digest: SessionDigest
    let realm: Realm
    let idle: Duration
    let now: Timestamp

    /// Whether one statement can answer both.
    func goes(with other: LoginQuestion) -> Bool { idle == other.idle && realm == other.realm }
}
