import AuthDomain

/// Where messages wait for the courier: written, sealed, in the transaction of the use case that sends them.
struct Outbox {
    let sealer: PayloadSealer
    /// Tells the courier that something waits. Nothing depends on it: it looks by itself now and then.
    let wake: () -> Void

    /// The message as a row that only a courier with the key can read.
    func sealed(_ message: Message) throws(AuthError) -> SealedMessage {
        let payload: JSONValue = [
            "to": .string(message.phone.key), "purpose": .string(message.purpose.rawValue),
            "code": .string(message.code.text),
        ]
        return SealedMessage(
            realm: message.realm, payload: try sealer.seal(payload.octets, context: Array(message.realm.key.utf8)),
            created: message.created, expires: message.expires)
    }
}
