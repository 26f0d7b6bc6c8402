/// A registration whose address is not proven yet: no account, and gone when a newer one for the address comes.
package struct PendingAccount: Sendable, Equatable {
    package let id: AccountID
    /// Where its code was sent.
    package let address: Address
    package let password: PasswordHash

    package init(id: AccountID, address: Address, password: PasswordHash) {
        self.id = id
        self.address = address
        self.password = password
    }
}
