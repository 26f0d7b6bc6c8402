/// Every number and rule by which one API differs from another.
package struct Policy: Sendable {
    package var codes = CodePolicy()
    package var sessions = SessionPolicy()
    package var passwords = PasswordPolicy()
    package var tokens = TokenPolicy()
    package var limits = LimitPolicy()
    package var notices = NoticePolicy()
    /// Whether answers may tell that nobody is known by an address, where the API's document says so.
    package var revealsAccounts: Bool {
        get { documentReveals && !isUniform }
        set { documentReveals = newValue }
    }
    private var documentReveals = true
    /// Whether no answer may tell whether anybody has an address, whatever the API's document says.
    package var isUniform = false
    /// Whether codes stand in answers: for development.
    package var revealsCodes = false
    /// The country calling code of phone numbers without one; nil accepts no such numbers.
    package var callingCode: String?
    /// Whether a sign-up waits as a pending account for the proof of its address; else its code alone stands for it.
    package var keepsPendingAccounts = false
    /// How often in a minute an account may ask which of many addresses have accounts.
    package var findsPerMinute = 20

    package init() {}

    /// Whether `password` may become that of the account that `identifiers` name.
    package func accepts(_ password: Password, of identifiers: [AccountIdentifier]) -> Bool {
        passwords.accepts(password, of: identifiers, callingCode: callingCode)
    }
}
