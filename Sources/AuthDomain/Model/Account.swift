/// What an account tells about itself.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    package let nickname: Nickname?
    package let phone: PhoneNumber?
    package let email: EmailAddress?
    package let displayName: String?

    package init(
        id: AccountID, nickname: Nickname?, phone: PhoneNumber?, email: EmailAddress?, displayName: String?
    ) {
        self.id = id
        self.nickname = nickname
        self.phone = phone
        self.email = email
        self.displayName = displayName
    }
}
