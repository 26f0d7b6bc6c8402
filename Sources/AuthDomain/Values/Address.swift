/// Where a message can be sent, and what a one-time code proves to be somebody's.
package enum Address: Hashable, Sendable, CustomStringConvertible {
    case phone(PhoneNumber)
    case email(EmailAddress)

    /// What two addresses are compared by: phone keys begin with `+`, email keys have an `@`.
    package var key: String {
        switch self {
        case .phone(let phone): phone.key
        case .email(let email): email.key
        }
    }

    /// As it was typed.
    package var typed: String {
        switch self {
        case .phone(let phone): phone.typed
        case .email(let email): email.typed
        }
    }

    /// The account that has this address.
    package var identifier: AccountIdentifier {
        switch self {
        case .phone(let phone): .phone(phone)
        case .email(let email): .email(email)
        }
    }

    /// An address that was read before and stored.
    package init(stored key: String, typed: String) {
        self =
            key.utf8.contains(0x40)
            ? .email(EmailAddress(stored: key, typed: typed)) : .phone(PhoneNumber(stored: key, typed: typed))
    }

    /// The phone number, when it is one.
    package var phone: PhoneNumber? {
        switch self {
        case .phone(let phone): phone
        case .email: nil
        }
    }

    /// The address with most of it hidden, for logs.
    package var description: String {
        switch self {
        case .phone(let phone): phone.description
        case .email(let email): email.description
        }
    }
}
