/// How often something may happen, and for whom it is counted.
package struct Budget: Hashable, Sendable {
    /// What is counted.
    package enum Name: String, Sendable {
        case failedLogins = "failed-logins"
        case clientFailedLogins = "client-failed-logins"
        case clientSignUps = "client-sign-ups"
    }

    package let name: Name
    /// For whom: at most 400 octets.
    package let subject: String
    package let rate: Rate

    package init(_ name: Name, of subject: String, _ rate: Rate) {
        self.name = name
        self.subject = subject
        self.rate = rate
    }
}
