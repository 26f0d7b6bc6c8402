/// Of what the owners of accounts are told.
package struct NoticePolicy: Sendable {
    package var kinds: Set<Notice.Kind> = []
    /// A notice is not sent when it is older than this.
    package var lifetime: Duration = .seconds(86_400)
    /// How long the link of a notice ends a session.
    package var linkLifetime: Duration = .seconds(7 * 86_400)
    /// The link that carries the secret that ends a session of a realm.
    package var link: @Sendable (SessionSecret, Realm) -> String = { _, _ in "" }

    package init() {}
}
