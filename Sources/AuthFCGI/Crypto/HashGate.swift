import AuthDomain

/// Lets so many hashes run at once and so many wait, in the order they came; refuses the rest. Shared by all threads.
///
/// Hashes run on threads of their own, which give way to all others: a hash keeps a core busy for many milliseconds, and
/// nothing that takes less may wait for it. Such a thread ends when nobody waits.
final class HashGate: Sendable {
    private struct Hash {
        let compute: @Sendable () -> Void
        /// Signalled when it is computed, and its place given on.
        let done: Semaphore
    }

    private struct State {
        var running = 0
        var waiting: [Hash] = []
    }

    /// What one hash gives.
    private final class Outcome<Value: Sendable>: Sendable {
        let result = Locked<Result<Value, AuthError>?>(nil)
    }

    /// How far the threads give way (nice(1)): such a thread gets a ninth of the time of one that does not.
    private static let niceness: Int32 = 10

    /// How many run at once.
    let limit: Int
    /// How many wait at most.
    let queue: Int
    private let retryAfter: Duration
    private let report: @Sendable (_ running: Int, _ waiting: Int) -> Void
    private let state = Locked(State())

    /// - Parameters:
    ///   - retryAfter: what those who are refused are told.
    ///   - report: told how many run and wait whenever that changes, in the order of the changes. It must be quick.
    init(
        limit: Int, queue: Int, retryAfter: Duration = .seconds(1),
        report: @escaping @Sendable (_ running: Int, _ waiting: Int) -> Void = { _, _ in }
    ) {
        self.report = report
        self.limit = max(1, limit)
        self.queue = max(0, queue)
        self.retryAfter = retryAfter
    }

    /// How many run and wait at this moment.
    var load: (running: Int, waiting: Int) {
        state.withLock { (running: $0.running, waiting: $0.waiting.count) }
    }

    /// What `body` gives, run on another thread when its turn comes.
    ///
    /// - Parameter standAside: called once it is admitted, before the calling thread waits.
    /// - Throws: `.overloaded` when the queue is full; what `body` throws.
    func run<Value: Sendable>(
        standingAside standAside: () -> Void = {}, _ body: @escaping @Sendable () throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        guard let done = Semaphore() else { throw .overloaded(retryAfter: retryAfter) }
        let outcome = Outcome<Value>()
        let compute: @Sendable () -> Void = {
            let result = Result { () throws(AuthError) in try body() }
            outcome.result.withLock { $0 = result }
        }
        try admit(Hash(compute: compute, done: done))
        standAside()
        guard done.wait(), let result = outcome.result.withLock({ $0 }) else { throw .unavailable }
        return try result.get()
    }

    /// Starts a hash, or lets it wait.
    private func admit(_ hash: Hash) throws(AuthError) {
        let runs = try state.withLock { (state) throws(AuthError) -> Bool in
            let runs = state.running < limit
            guard runs || state.waiting.count < queue else { throw .overloaded(retryAfter: retryAfter) }
            if runs { state.running += 1 } else { state.waiting.append(hash) }
            report(state.running, state.waiting.count)
            return runs
        }
        if runs { start(hash) }
    }

    /// Runs a hash and those that wait on a new thread; on this one when the system has none.
    private func start(_ hash: Hash) {
        let work: @Sendable () -> Void = { [self] in
            var next: Hash? = hash
            while let hash = next {
                hash.compute()
                next = leave()
                hash.done.signal()
            }
        }
        if (try? WorkerThread.start(niceness: Self.niceness, work)) == nil { work() }
    }

    /// Hands the place over to the first who waits, so that nobody overtakes.
    private func leave() -> Hash? {
        state.withLock { state in
            defer { report(state.running, state.waiting.count) }
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.running -= 1
            return nil
        }
    }
}
