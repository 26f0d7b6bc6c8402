import AuthDomain

/// A message as the outbox keeps it.
struct OutgoingMessage {
    let address: Address
    let content: Message.Content
    /// Whether it is not to be sent at all.
    let isForNobody: Bool
    /// The languages of whom it is for, the best first.
    let languages: [LanguageTag]

    /// Reads a payload; nil when there is none or it is not one of ours.
    init?(_ payload: [UInt8]?) {
        guard let payload, case .object(let object)? = try? JSONParser.parse(payload),
            case .string(let key)? = object["to"], case .string(let kind)? = object["kind"],
            case .string(let text)? = object["text"]
        else { return nil }
        if case .array(let tags)? = object["languages"] {
            languages = tags.compactMap { tag in
                guard case .string(let text) = tag else { return nil }
                return LanguageTag(text)
            }
        } else {
            languages = []
        }
        isForNobody = object["for"] == "nobody"
        address = Address(stored: key, typed: key)
        if kind == Outbox.resetLink {
            content = .resetLink(text)
        } else if let kind = Notice.Kind(rawValue: kind) {
            guard case .string(let moment)? = object["at"], let moment = Int64(moment) else { return nil }
            var client: String?
            if case .string(let text)? = object["client"] { client = text }
            content = .notice(
                Notice(
                    kind: kind, moment: Timestamp(microseconds: moment), client: client,
                    link: text.isEmpty ? nil : text))
        } else {
            guard let purpose = Purpose(rawValue: kind), let code = OneTimeCode(text) else { return nil }
            content = .code(code, purpose)
        }
    }
}
