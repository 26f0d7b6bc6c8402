/// A text to a phone that carries a code. It waits in the outbox, sealed, until a courier has delivered it.
package struct Message: Sendable {
    package let realm: Realm
    /// What its code is for.
    package let purpose: Purpose
    package let phone: PhoneNumber
    package let code: OneTimeCode
    package let created: Timestamp
    /// It is not sent from this moment on.
    package let expires: Timestamp

    package init(
        realm: Realm, purpose: Purpose, phone: PhoneNumber, code: OneTimeCode, created: Timestamp, expires: Timestamp
    ) {
        self.realm = realm
        self.purpose = purpose
        self.phone = phone
        self.code = code
        self.created = created
        self.expires = expires
    }
}
