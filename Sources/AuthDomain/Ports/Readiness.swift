/// Whether what the service depends on is there.
package protocol Readiness {
    /// What is not as it must be, each in a few words for whoever runs the service; empty when requests can be served.
    func faults() -> [String]

    /// The messages that wait for delivery. `AuthError.unavailable` when the store is.
    func backlog() throws(AuthError) -> Backlog
}

/// Messages that wait for delivery.
package struct Backlog: Sendable {
    /// How many there are.
    package let waiting: Int
    /// When the oldest was written; nil when there is none.
    package let oldest: Timestamp?

    package init(waiting: Int, oldest: Timestamp?) {
        self.waiting = waiting
        self.oldest = oldest
    }
}
