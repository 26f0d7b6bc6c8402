import AuthDomain

/// Where messages wait for the courier: written, sealed, in the transaction of the use case that sends them.
struct Outbox {
    let sealer: PayloadSealer
    /// Tells the courier that something waits. Nothing depends on it: it looks by itself now and then.
    let wake: () -> Void
    /// Is told what messages cost, when it matters.
    var report: (SpendEvent) -> Void = { _ in }

    /// The message as a row that only a courier with the key can read. One for nobody is written, taken and read like any
    /// other, so that all of it takes as long, and then thrown away.
    func sealed(_ message: Message, isForNobody: Bool = false) throws(AuthError) -> SealedMessage {
        let (name, text): (String, String) =
            switch message.content {
            case .code(let code, let purpose): (purpose.rawValue, code.text)
            case .resetLink(let link): (Self.resetLink, link)
            }
        let payload: JSONValue = [
            "to": .string(message.address.key), "kind": .string(name), "text": .string(text),
            "for": isForNobody ? "nobody" : "reader", "languages": .array(message.languages.map { .string($0.key) }),
        ]
        return SealedMessage(
            realm: message.realm, medium: Medium(message.address),
            thread: "\(message.realm.key) \(name) \(message.address.key)",
            payload: try sealer.seal(payload.octets, context: Array(message.realm.key.utf8)),
            created: message.created, expires: message.expires)
    }

    /// The kind of a message that carries a link to set a new password.
    static let resetLink = "reset-link"
}
