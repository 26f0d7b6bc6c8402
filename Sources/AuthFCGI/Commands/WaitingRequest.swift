/// A request that waits for a login session to be looked for, by whichever thread.
final class WaitingRequest: Sendable {
    let pending: Pending
    let recipient: Recipient
    /// When it came.
    let start: ContinuousClock.Instant

    init(_ pending: Pending, for recipient: Recipient, since start: ContinuousClock.Instant) {
        self.pending = pending
        self.recipient = recipient
        self.start = start
    }
}
