/// What the owner of an account is told without having asked: somebody else may have done it.
package struct Notice: Sendable, Equatable {
    /// What happened.
    package enum Kind: String, CaseIterable, Sendable {
        /// The account has a new password.
        case passwordChanged = "password-changed"
        /// Somebody logged in from a client that was not logged in before.
        case newDevice = "new-device"
        /// Somebody registers with the account's address, and must not be told that it is taken.
        case registrationAttempted = "registration-attempted"
    }

    package let kind: Kind
    package let moment: Timestamp
    /// Where it was done from, as a person reads it; nil when that is not known.
    package let client: String?
    /// The whole URL under which the new session can be ended; nil where there is none.
    package let link: String?

    package init(kind: Kind, moment: Timestamp, client: String?, link: String? = nil) {
        self.kind = kind
        self.moment = moment
        self.client = client
        self.link = link
    }
}
