/// An account about to be made from a registration session, whose proven phone becomes the account's.
package struct NewAccount: Sendable {
    package let id: AccountID
    package let realm: Realm
    package let nickname: Nickname
    package let displayName: DisplayName?
    package let email: EmailAddress?
    package let password: PasswordHash

    package init(
        id: AccountID, realm: Realm, nickname: Nickname, displayName: DisplayName?, email: EmailAddress?,
        password: PasswordHash
    ) {
        self.id = id
        self.realm = realm
        self.nickname = nickname
        self.displayName = displayName
        self.email = email
        self.password = password
    }
}
