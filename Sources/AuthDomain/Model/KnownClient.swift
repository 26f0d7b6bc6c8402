/// A client that was logged in as an account, or that had its owner's code.
package struct KnownClient: Sendable {
    package let client: ClientAddress
    package let account: AccountID
    /// Until when it is remembered.
    package let until: Timestamp

    package init(_ client: ClientAddress, as account: AccountID, until: Timestamp) {
        self.client = client
        self.account = account
        self.until = until
    }
}
