/// Calls of which an account has only so many in a time.
package enum CallName: String, Sendable {
    /// Asking which of many addresses have accounts.
    case findAccounts = "find-accounts"
}
