/// What an account tells about itself.
package struct Account: Sendable, Equatable {
    package let id: AccountID
    package let nickname: Nickname?
    package let phone: PhoneNumber?
    package let email: EmailAddress?
    package let profile: Profile
    /// Whether its owner has proven to have the phone, or the email.
    package let proven: Set<Field>

    package init(
        id: AccountID, nickname: Nickname?, phone: PhoneNumber?, email: EmailAddress?, profile: Profile,
        proven: Set<Field>
    ) {
        self.id = id
        self.nickname = nickname
        self.phone = phone
        self.email = email
        self.profile = profile
        self.proven = proven
    }
}
