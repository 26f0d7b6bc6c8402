/// The session of somebody who registers: it has no account yet.
package struct RegistrationSession: Sendable, Equatable {
    package let digest: SessionDigest
    package let realm: Realm
    /// Where the code was sent.
    package let address: Address
    /// Whether the address was proven to be the holder's.
    package let isProven: Bool
    package let created: Timestamp

    package init(digest: SessionDigest, realm: Realm, address: Address, isProven: Bool, created: Timestamp) {
        self.digest = digest
        self.realm = realm
        self.address = address
        self.isProven = isProven
        self.created = created
    }
}
