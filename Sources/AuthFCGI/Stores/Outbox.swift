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
    func sealed(_ message: Message) throws(AuthError) -> SealedMessage {
        let (name, text): (String, String) =
            switch message.content {
            case .code(let code, let purpose): (purpose.rawValue, code.text)
            case .resetLink(let link): (Self.resetLink, link)
            case .notice(let notice): (notice.kind.rawValue, notice.link ?? "")
            }
        var members: [JSONObject.Member] = [
            .init(name: "to", value: .string(message.address.key)), .init(name: "kind", value: .string(name)),
            .init(name: "text", value: .string(text)),
            .init(name: "for", value: message.isForNobody ? "nobody" : "reader"),
            .init(name: "languages", value: .array(message.languages.map { .string($0.key) })),
        ]
        if case .notice(let notice) = message.content {
            members.append(.init(name: "at", value: .string("\(notice.moment.microseconds)")))
            if let client = notice.client { members.append(.init(name: "client", value: .string(client))) }
        }
        let payload = JSONValue.object(JSONObject(members: members))
        return SealedMessage(
            realm: message.realm, medium: Medium(message.address),
            thread: message.isRepeatable ? "\(message.realm.key) \(name) \(message.address.key)" : nil,
            payload: try sealer.seal(payload.octets, context: Array(message.realm.key.utf8)),
            created: message.created, expires: message.expires,
            spending: message.spend.map { SpendCounter(message.address, $0, at: message.created) })
    }

    /// The kind of a message that carries a link to set a new password.
    static let resetLink = "reset-link"
}

extension Message {
    /// Whether a newer one to the same address says all that this one does.
    fileprivate var isRepeatable: Bool {
        switch content {
        case .code, .resetLink: true
        case .notice(let notice):
            switch notice.kind {
            case .registrationAttempted: true
            case .passwordChanged, .newDevice: false
            }
        }
    }
}
