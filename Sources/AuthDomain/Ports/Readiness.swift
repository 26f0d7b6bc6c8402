/// Whether what the service depends on is there.
package protocol Readiness {
    /// What is not as it must be, each in a few words for whoever runs the service; empty when requests can be served.
    func faults() -> [String]

    /// The messages that wait for delivery, and what those of the day come to. `AuthError.unavailable` when the store is.
    func backlog(at now: Timestamp) throws(AuthError) -> Backlog
}

/// Messages that wait for delivery, and what those of the day come to.
package struct Backlog: Sendable {
    /// How many there are.
    package let waiting: Int
    /// When the oldest was written; nil when there is none.
    package let oldest: Timestamp?
    /// Mails of the day that goes on.
    package let mails: Int
    /// Texts of the day that goes on.
    package let texts: Int
    /// Ranges of numbers and countries to which texts have stopped.
    package let stoppedRanges: Int

    package init(waiting: Int, oldest: Timestamp?, mails: Int = 0, texts: Int = 0, stoppedRanges: Int = 0) {
        self.waiting = waiting
        self.oldest = oldest
        self.mails = mails
        self.texts = texts
        self.stoppedRanges = stoppedRanges
    }
}
