import AuthDomain

/// By what a message reaches somebody. Each is carried by itself: a gateway that hangs holds up no mail.
enum Medium: String, CaseIterable, Sendable {
    case mail
    case sms

    /// The medium that reaches an address.
    init(_ address: Address) {
        self =
            switch address {
            case .email: .mail
            case .phone: .sms
            }
    }
}
