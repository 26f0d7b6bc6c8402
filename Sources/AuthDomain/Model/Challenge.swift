/// A one-time code that was asked for: whoever tells it again owns the address that it was sent to.
package struct Challenge: Sendable {
    /// A code is good for this purpose only.
    package let purpose: Purpose
    package let realm: Realm
    /// Where the code goes, and what it proves.
    package let phone: PhoneNumber
    /// The code, known to its receiver only: stores keep a keyed digest of it.
    package let code: OneTimeCode
    package let issued: Timestamp
    package let policy: CodePolicy

    package init(
        purpose: Purpose, realm: Realm, phone: PhoneNumber, code: OneTimeCode, issued: Timestamp, policy: CodePolicy
    ) {
        self.purpose = purpose
        self.realm = realm
        self.phone = phone
        self.code = code
        self.issued = issued
        self.policy = policy
    }

    /// From this moment on the code is worth nothing.
    package var expires: Timestamp { issued + policy.lifetime }
    /// The message that carries the code.
    package var message: Message {
        Message(realm: realm, purpose: purpose, phone: phone, code: code, created: issued, expires: expires)
    }
}
