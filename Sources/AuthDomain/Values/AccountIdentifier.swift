/// Something that names one account within a realm.
package enum AccountIdentifier: Hashable, Sendable {
    case nickname(Nickname)
    case phone(PhoneNumber)
    case email(EmailAddress)

    /// The field that it is a value of.
    package var field: Field {
        switch self {
        case .nickname: .nickname
        case .phone: .phone
        case .email: .email
        }
    }

    /// What it is compared by.
    package var key: String {
        switch self {
        case .nickname(let nickname): nickname.key
        case .phone(let phone): phone.key
        case .email(let email): email.key
        }
    }

    /// What `text` may mean where a person logs in, the likeliest first: an address when it has an `@`, else a phone
    /// number in international form, else a nickname (one of digits may look like either). Empty when it is nothing.
    package static func readings(ofLogin text: String) -> [AccountIdentifier] {
        if text.utf8.contains(0x40) {
            return EmailAddress(text).map { [.email($0)] } ?? []
        }
        return [PhoneNumber(text).map(Self.phone), Nickname(text).map(Self.nickname)].compactMap(\.self)
    }
}
