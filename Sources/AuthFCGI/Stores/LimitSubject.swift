import AuthDomain

/// Whom limits concern.
enum LimitSubject: Sendable {
    case client(ClientAddress)
    case account(AccountID)
    /// Whoever is known by one of these, and who is not.
    case identifiers([AccountIdentifier])

    /// As far as a log may have it: addresses of people are masked, those of networks are not.
    var masked: String {
        switch self {
        case .client(let client): client.description
        case .account(let account): account.description
        case .identifiers(let identifiers):
            switch identifiers.first {
            case .nickname(let nickname): nickname.description
            case .phone(let phone): phone.description
            case .email(let email): email.description
            case nil: "***"
            }
        }
    }
}
