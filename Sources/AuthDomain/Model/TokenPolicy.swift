/// How long what is issued to a client is good for.
package struct TokenPolicy: Sendable {
    /// A token to call with, where another renews it.
    package var access: Duration = .seconds(900)
    /// A token that renews the former; each is good for one use.
    package var refresh: Duration = .seconds(30 * 86_400)
    /// How long after its first use a refresh token still gets the same successor: an answer may be lost.
    package var refreshGrace: Duration = .seconds(30)
    /// A token to call with that nothing renews.
    package var bearer: Duration = .seconds(30 * 86_400)
    /// A grant to set a new password that was given for a code.
    package var reset: Duration = .seconds(900)
    /// A grant to set a new password that was sent as a link.
    package var resetLink: Duration = .seconds(3_600)

    package init() {}
}
