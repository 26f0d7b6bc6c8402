/// A registration whose address is not proven yet: no account, and gone when a newer one for the address comes.
package struct PendingAccount: Sendable, Equatable {
    package let id: AccountID
    /// Where its code was sent.
    package let address: Address
    package let password: PasswordHash
    /// When it was asked for: at the same moment its registration session began, and no other one's.
    package let created: Timestamp

    package init(id: AccountID, address: Address, password: PasswordHash, created: Timestamp) {
        self.id = id
        self.address = address
        self.password = password
        self.created = created
    }
}
