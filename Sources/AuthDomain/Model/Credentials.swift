/// What a login is judged by.
package struct Credentials: Sendable, Equatable {
    package let account: Account
    package let password: PasswordHash

    package init(account: Account, password: PasswordHash) {
        self.account = account
        self.password = password
    }
}
