/// What tells an account's owner of a login from a new client, and lets them end it.
package struct LoginNotice: Sendable {
    /// The grant that the link carries: it ends the session that begins with it, once.
    package let grant: NewSession
    package let message: Message

    package init(grant: NewSession, message: Message) {
        self.grant = grant
        self.message = message
    }
}
