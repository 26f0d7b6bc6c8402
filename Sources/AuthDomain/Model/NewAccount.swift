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
    /// What it is not known by, although its owner gave it: another account has it, and that must not be told.
    package private(set) var withheld: Set<Field> = []

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

    /// All by which its owner wants to be known, in the order in which a conflict is told.
    package var identifiers: [AccountIdentifier] {
        [nickname.map { .nickname($0) }, phone.map { .phone($0) }, email.map { .email($0) }].compactMap(\.self)
    }

    /// Whether it is known by nothing: a shadow, which looks like an account to whoever made it and to nobody else.
    package var isShadow: Bool { identifiers.allSatisfy { withheld.contains($0.field) } }

    /// The account without these as what it is known by.
    package func withholding(_ fields: Set<Field>) -> NewAccount {
        var account = self
        account.withheld.formUnion(fields)
        return account
    }

    /// The account as a shadow.
    package var shadow: NewAccount { withholding(Set(identifiers.map(\.field))) }
}
