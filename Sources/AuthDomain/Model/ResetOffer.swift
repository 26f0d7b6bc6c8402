/// A link by which somebody who forgot their password can set a new one.
package struct ResetOffer: Sendable {
    /// Nil: nobody is known by the address, everything happens as if, and nothing is sent.
    package let account: AccountID?
    /// The grant that the link carries.
    package let grant: NewSession
    package let address: Address
    /// The whole URL, which holds the grant's secret.
    package let link: String
    package let policy: CodePolicy
    /// The languages of whoever asked, the best first.
    package let languages: [LanguageTag]
    /// The call whose limits count, and not those of all calls together.
    package var asking: Asking?

    package init(
        account: AccountID?, grant: NewSession, address: Address, link: String, policy: CodePolicy,
        languages: [LanguageTag] = []
    ) {
        self.account = account
        self.grant = grant
        self.address = address
        self.link = link
        self.policy = policy
        self.languages = languages
    }

    /// The message that carries the link.
    package var message: Message {
        var message = Message(
            realm: grant.realm, address: address, content: .resetLink(link), languages: languages,
            created: grant.created, expires: grant.expires)
        message.isForNobody = account == nil
        return message
    }
}
