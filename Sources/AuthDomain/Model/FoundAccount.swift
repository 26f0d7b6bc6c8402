/// What one who looks accounts up is told of each.
package struct FoundAccount: Sendable, Equatable {
    package let id: AccountID
    package let displayName: DisplayName?

    package init(id: AccountID, displayName: DisplayName?) {
        self.id = id
        self.displayName = displayName
    }
}
