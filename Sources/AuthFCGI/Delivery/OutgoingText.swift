import AuthDomain

/// A message as the outbox keeps it.
struct OutgoingText {
    let recipient: PhoneNumber
    let purpose: Purpose
    let code: OneTimeCode

    /// Reads a payload; nil when there is none or it is not one of ours.
    init?(_ payload: [UInt8]?) {
        guard let payload, case .object(let object)? = try? JSONParser.parse(payload),
            case .string(let recipient)? = object["to"], case .string(let purpose)? = object["purpose"],
            case .string(let code)? = object["code"], let recipient = PhoneNumber(recipient),
            let purpose = Purpose(rawValue: purpose), let code = OneTimeCode(code)
        else { return nil }
        self.recipient = recipient
        self.purpose = purpose
        self.code = code
    }
}
