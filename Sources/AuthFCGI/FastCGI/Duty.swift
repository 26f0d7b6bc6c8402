import Glibc
import Synchronization

/// Which of a worker's threads look for requests: as many as keep the cores busy. The others rest.
///
/// Whoever sleeps must be woken for each request, and that costs more than a short request does. A few threads that are
/// busy find the next one without sleeping. Each of them has one of the places. Who waits for long stands aside, and the
/// place goes to one who rests, or to a new thread; who has stood aside gets a place again before it looks for requests, or
/// goes home if as many rest as there are places. Who rests for long without being needed goes home too (`sendHome`).
final class Duty: Sendable {
    /// Who gets a place that is given up.
    private enum Successor { case nobody, resting, newcomer }

    private struct State {
        var free = 0
        var resting = 0
        var alive = 0
        /// How many have rested all the time since some were last sent home.
        var unused = 0
        /// When that was.
        var judged = ContinuousClock.now
        /// Who has been called to go home, and has not gone yet.
        var leaving = 0
    }

    private let places: Int
    private let threads: Int
    private let work: @Sendable (Shift) -> Void
    private let calls: Semaphore
    private let state = Locked(State())
    private let isOver = Atomic(false)

    /// - Parameters:
    ///   - places: how many look for requests at once.
    ///   - threads: how many there are in all; each is started when it is first needed.
    ///   - work: what a thread does, with a place at first.
    init(places: Int, threads: Int, work: @escaping @Sendable (Shift) -> Void) throws(FastCGIError) {
        guard let calls = Semaphore() else { throw .system("sem_init", code: errno) }
        self.places = max(1, min(places, threads))
        self.threads = max(1, threads)
        self.work = work
        self.calls = calls
    }

    /// Starts as many threads as there are places.
    func begin() throws(FastCGIError) {
        for _ in 0..<places {
            state.withLock { $0.alive += 1 }
            try start()
        }
    }

    /// Sends everybody home: nobody gets a place any more.
    func end() {
        let resting = state.withLock { state in
            isOver.store(true, ordering: .sequentiallyConsistent)
            return state.resting
        }
        for _ in 0..<resting { calls.signal() }
    }

    /// Sends home who has rested since this was last done, and for so long: nobody needed them, and what memory they keep is
    /// free. To be called now and then.
    func sendHome(unusedFor duration: Duration) {
        let count = state.withLock { state in
            let now = ContinuousClock.now
            guard !isOver.load(ordering: .sequentiallyConsistent), now - state.judged >= duration else { return 0 }
            let count = state.unused
            state.resting -= count
            state.leaving += count
            (state.unused, state.judged) = (state.resting, now)
            return count
        }
        for _ in 0..<count { calls.signal() }
    }

    /// How many threads there are.
    var count: Int { state.withLock { $0.alive } }

    private func start() throws(FastCGIError) {
        do throws(FastCGIError) {
            try WorkerThread.start { [self] in
                work(Shift(of: self))
                state.withLock { $0.alive -= 1 }
            }
        } catch {
            state.withLock { $0.alive -= 1 }
            throw error
        }
    }

    /// Waits for a place; false when the thread is not needed any more.
    fileprivate func takePlace() -> Bool {
        let isGiven = state.withLock { state -> Bool? in
            if isOver.load(ordering: .sequentiallyConsistent) { return false }
            if state.free > 0 {
                state.free -= 1
                return true
            }
            if state.resting >= places { return false }
            state.resting += 1
            return nil
        }
        return isGiven ?? (calls.wait() && isCalledToWork())
    }

    /// Whether who was called is to look for requests, not to go home: it does not matter which of them does.
    private func isCalledToWork() -> Bool {
        state.withLock { state in
            if isOver.load(ordering: .sequentiallyConsistent) { return false }
            if state.leaving == 0 { return true }
            state.leaving -= 1
            return false
        }
    }

    fileprivate func givePlace() {
        let successor = state.withLock { state -> Successor in
            let isOver = isOver.load(ordering: .sequentiallyConsistent)
            if !isOver, state.resting > 0 {
                state.resting -= 1
                state.unused = min(state.unused, state.resting)
                return .resting
            }
            if !isOver, state.alive < threads {
                state.alive += 1
                return .newcomer
            }
            state.free += 1
            return .nobody
        }
        switch successor {
        case .nobody: break
        case .resting: calls.signal()
        case .newcomer: if (try? start()) == nil { state.withLock { $0.free += 1 } }
        }
    }
}

extension Duty {
    /// One thread's part in a duty.
    final class Shift: Sendable {
        private let duty: Duty
        private let hasPlace = Atomic(true)

        fileprivate init(of duty: Duty) { self.duty = duty }

        /// Waits for a place from which to look for requests, unless the thread still has one; false when the thread
        /// is not needed any more.
        func look() -> Bool {
            if hasPlace.load(ordering: .relaxed) { return !duty.isOver.load(ordering: .relaxed) }
            guard duty.takePlace() else { return false }
            hasPlace.store(true, ordering: .relaxed)
            return true
        }

        /// Gives up the thread's place, if it has one, until it looks for requests again.
        func standAside() {
            if hasPlace.exchange(false, ordering: .relaxed) { duty.givePlace() }
        }
    }
}
