/// What a login is judged by.
package struct Credentials: Sendable, Equatable {
    package let account: AccountID
    package let password: PasswordHash

    package init(account: AccountID, password: PasswordHash) {
        self.account = account
        self.password = password
    }
}
