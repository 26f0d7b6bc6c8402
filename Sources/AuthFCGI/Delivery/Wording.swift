import AuthDomain

/// The words of messages.
struct Wording: Sendable {
    /// What the service is called to those who get them.
    let site: String
    /// How long a code is good for.
    let codeLifetime: Duration

    private static let registration = Template(
        "{{code}} is your {{site}} code. It is valid for {{minutes}} minutes. Give it to nobody.")

    /// The text that carries a code.
    func text(of message: OutgoingText) -> String {
        let minutes = max(1, codeLifetime.components.seconds / 60)
        return switch message.purpose {
        case .registration:
            Self.registration.filled(with: [
                "code": message.code.text, "site": site, "minutes": "\(minutes)",
            ])
        }
    }
}
