/// The session of somebody who registers: it has no account yet.
package struct RegistrationSession: Sendable, Equatable {
    package let digest: SessionDigest
    package let realm: Realm
    /// The phone that was proven to be the holder's; nil before.
    package let provenPhone: PhoneNumber?

    package init(digest: SessionDigest, realm: Realm, provenPhone: PhoneNumber?) {
        self.digest = digest
        self.realm = realm
        self.provenPhone = provenPhone
    }
}
