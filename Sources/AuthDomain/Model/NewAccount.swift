/// An account about to be made, or, where its address must be proven first, to be made later.
package struct NewAccount: Sendable {
    package let id: AccountID
    package let realm: Realm
    package let nickname: Nickname?
    package let phone: PhoneNumber?
    package let email: EmailAddress?
    package let profile: Profile
    package let password: PasswordHash
    package let created: Timestamp

    package init(
        id: AccountID, realm: Realm, nickname: Nickname? = nil, phone: PhoneNumber? = nil,
        email: EmailAddress? = nil, profile: Profile = Profile(), password: PasswordHash, created: Timestamp
    ) {
        self.id = id
        self.realm = realm
        self.nickname = nickname
        self.phone = phone
        self.email = email
        self.profile = profile
        self.password = password
        self.created = created
    }

    /// What other accounts of the realm must not have, in the order in which a conflict is told.
    package var identifiers: [AccountIdentifier] {
        [nickname.map { .nickname($0) }, phone.map { .phone($0) }, email.map { .email($0) }].compactMap(\.self)
    }
}
