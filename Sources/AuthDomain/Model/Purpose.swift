/// What a one-time code is for; a code of one purpose is none for another.
package enum Purpose: String, CaseIterable, Sendable {
    /// To prove a phone in a registration session, before there is an account.
    case registration
    /// To prove the address of an account, or of one that waits for it.
    case verification
    /// To set a new password.
    case passwordReset = "password-reset"
}
