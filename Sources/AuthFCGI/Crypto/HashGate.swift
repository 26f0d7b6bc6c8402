import AuthDomain
import Synchronization

/// Lets so many hashes run at once and so many wait, in the order they came; refuses the rest. Shared by all threads.
final class HashGate: Sendable {
    private struct State {
        var running = 0
        var waiting: [Latch] = []
    }

    /// How many run at once.
    let limit: Int
    /// How many wait at most.
    let queue: Int
    private let retryAfter: Duration
    private let report: @Sendable (_ running: Int, _ waiting: Int) -> Void
    private let state = Mutex(State())

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

    /// What `body` gives, run when its turn comes.
    ///
    /// - Throws: `.overloaded` when the queue is full; what `body` throws.
    func run<Result>(_ body: () throws(AuthError) -> Result) throws(AuthError) -> Result {
        try enter()
        defer { leave() }
        return try body()
    }

    private func enter() throws(AuthError) {
        let refusal = AuthError.overloaded(retryAfter: retryAfter)
        let turn = try state.withLock { (state) throws(AuthError) -> Latch? in
            defer { report(state.running, state.waiting.count) }
            guard state.running >= limit else {
                state.running += 1
                return nil
            }
            guard state.waiting.count < queue, let turn = Latch() else { throw refusal }
            state.waiting.append(turn)
            return turn
        }
        guard let turn, !turn.wait() else { return }
        // It cannot wait: it steps out of the queue, or passes on the turn it was already given.
        let wasGiven = state.withLock { state in
            defer { report(state.running, state.waiting.count) }
            guard let place = state.waiting.firstIndex(where: { $0 === turn }) else { return true }
            state.waiting.remove(at: place)
            return false
        }
        if wasGiven { leave() }
        throw refusal
    }

    /// Hands the place over to the first who waits, so that nobody overtakes.
    private func leave() {
        state.withLock { state in
            defer { report(state.running, state.waiting.count) }
            while !state.waiting.isEmpty {
                if state.waiting.removeFirst().open() { return }
            }
            state.running -= 1
        }
    }
}
