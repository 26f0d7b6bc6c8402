/// A one-time code that was asked for: whoever tells it again owns the address that it was sent to.
package struct Challenge: Sendable {
    /// A code is good for this purpose only.
    package let purpose: Purpose
    package let realm: Realm
    /// Where the code goes, and what it proves.
    package let address: Address
    /// The code, known to its receiver only: stores keep a keyed digest of it.
    package let code: OneTimeCode
    package let issued: Timestamp
    package let policy: CodePolicy
    /// The languages of whoever asked, the best first.
    package let languages: [LanguageTag]
    /// The call whose limits count, and not those of all calls together.
    package var asking: Asking?
    /// What is sent in place of the code, which nobody gets then.
    package private(set) var substitute: Message?

    package init(
        purpose: Purpose, realm: Realm, address: Address, code: OneTimeCode, issued: Timestamp, policy: CodePolicy,
        languages: [LanguageTag] = []
    ) {
        self.purpose = purpose
        self.realm = realm
        self.address = address
        self.code = code
        self.issued = issued
        self.policy = policy
        self.languages = languages
    }

    /// From this moment on the code is worth nothing.
    package var expires: Timestamp { issued + policy.lifetime }

    /// The message that carries the code, or what takes its place.
    package var message: Message {
        substitute
            ?? Message(
                realm: realm, address: address, content: .code(code, purpose), languages: languages, created: issued,
                expires: expires)
    }

    /// The same with a code that nobody gets: its address belongs to somebody already, who is told so by `notice`.
    /// Everything else happens as ever.
    package func withheld(telling notice: Message?) -> Challenge {
        var challenge = self
        challenge.substitute = notice ?? message.forNobody
        return challenge
    }
}
