/// The place of one thread in the line of those who look for sessions. Who stands there is called once.
final class LookupPlace: Sendable {
    /// What the thread is called for.
    enum Call: Sendable {
        /// To look for its own session, and for those of other places.
        case read(with: [LookupPlace])
        /// Its session was looked for.
        case found(LoginLookups.Answer)
    }

    let question: LoginQuestion
    private let signal: Semaphore
    private let call = Locked<Call?>(nil)

    /// Nil when the system has no semaphore.
    init?(_ question: LoginQuestion) {
        guard let signal = Semaphore() else { return nil }
        self.question = question
        self.signal = signal
    }

    /// Wakes the thread.
    func give(_ call: Call) {
        self.call.withLock { $0 = call }
        signal.signal()
    }

    /// What the thread was called for; nil when it was not called within `patience`.
    func wait(for patience: Duration) -> Call? {
        signal.wait(for: patience) ? call.withLock { $0 } : nil
    }

    /// The same, however long it takes; nil when the system does not let it wait.
    func wait() -> Call? { signal.wait() ? call.withLock { $0 } : nil }
}
