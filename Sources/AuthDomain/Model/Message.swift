/// A message to somebody. It waits in the outbox, sealed, until a courier has delivered it.
package struct Message: Sendable {
    /// What it tells.
    package enum Content: Sendable {
        /// A code, and what it is for.
        case code(OneTimeCode, Purpose)
        /// A link under which a new password can be set: the whole URL.
        case resetLink(String)
        /// What the owner of an account should know.
        case notice(Notice)
    }

    package let realm: Realm
    package let address: Address
    package let content: Content
    /// The languages of whom it is for, the best first; empty when they are not known.
    package let languages: [LanguageTag]
    package let created: Timestamp
    /// It is not sent from this moment on.
    package let expires: Timestamp
    /// It is written down like any other and thrown away unsent: how long that takes tells nothing.
    package var isForNobody = false
    /// The limits of the day that it counts against and may be left out for; nil where what it is sent with was counted.
    package var spend: SpendPolicy?

    /// The message as one for nobody.
    package var forNobody: Message {
        var message = self
        message.isForNobody = true
        return message
    }

    package init(
        realm: Realm, address: Address, content: Content, languages: [LanguageTag] = [], created: Timestamp,
        expires: Timestamp
    ) {
        self.realm = realm
        self.address = address
        self.content = content
        self.languages = languages
        self.created = created
        self.expires = expires
    }
}
