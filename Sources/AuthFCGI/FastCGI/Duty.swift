import Glibc
import Synchronization

/// Which of a worker's threads look for requests: as many as keep the cores busy. The others rest.
///
/// Whoever sleeps must be woken for each request, and that costs more than a short request does. A few threads that are
/// busy find the next one without sleeping. Each of them has one of the places. Who waits for long stands aside, and the
/// place goes to one who rests, or to a new thread; who has stood aside gets a place again before it looks for requests, or
/// goes home if enough rest: as many as there are places, or as may be called.
///
/// Who waits for what another thread finds for it keeps its place and calls one more to duty, up to `more`: the more look
/// for requests then, the more are answered at once. Who meets none to wait with for a while makes them fewer again, and when
/// nothing comes or nobody is needed for a calm time, all go home but as many as look usually, and as many who rest.
final class Duty: Sendable {
    /// Who gets a place that is given up.
    private enum Successor { case nobody, resting, newcomer }

    private struct State {
        var free = 0
        var resting = 0
        var alive = 0
    }

    /// How many requests in a row a thread answers without waiting together with another, before it gives up a place that
    /// was made for that.
    private static let solitude = 100

    private let places: Int
    private let more: Int
    private let threads: Int
    private let calm: Duration
    private let work: @Sendable (Shift) -> Void
    private let calls: Semaphore
    private let state = Locked(State())
    private let isOver = Atomic(false)
    /// Places beyond the usual ones.
    private let added = Atomic(0)

    /// - Parameters:
    ///   - places: how many look for requests at once.
    ///   - more: how many are called beyond that at most, by those who wait together.
    ///   - threads: how many there are in all; each is started when it is first needed.
    ///   - calm: how long a thread that is one too many stays with nothing to do.
    ///   - work: what a thread does, with a place at first.
    init(
        places: Int, more: Int = 0, threads: Int, calm: Duration = .seconds(5),
        work: @escaping @Sendable (Shift) -> Void
    ) throws(FastCGIError) {
        guard let calls = Semaphore() else { throw .system("sem_init", code: errno) }
        self.places = max(1, min(places, threads))
        self.more = max(0, min(more, threads - self.places))
        self.threads = max(1, threads)
        self.calm = calm
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
            if state.resting + added.load(ordering: .relaxed) >= max(places, more) { return false }
            state.resting += 1
            return nil
        }
        return isGiven ?? isCalled()
    }

    /// Rests until a place is given; false when the thread is not needed any more.
    private func isCalled() -> Bool {
        while state.withLock({ $0.resting > places }) {
            if calls.wait(for: calm) { return !isOver.load(ordering: .sequentiallyConsistent) }
            let goesHome = state.withLock { state in
                guard state.resting > places else { return false }
                state.resting -= 1
                return true
            }
            if goesHome { return false }
        }
        return calls.wait() && !isOver.load(ordering: .sequentiallyConsistent)
    }

    /// Adds a place, unless as many are added as may be.
    fileprivate func add() {
        guard added.load(ordering: .relaxed) < more else { return }
        guard added.add(1, ordering: .relaxed).newValue <= more else {
            added.subtract(1, ordering: .relaxed)
            return
        }
        givePlace()
    }

    /// Takes an added place away; false when there is none.
    fileprivate func remove() -> Bool {
        guard added.load(ordering: .relaxed) > 0 else { return false }
        if added.subtract(1, ordering: .relaxed).oldValue > 0 { return true }
        added.add(1, ordering: .relaxed)
        return false
    }

    fileprivate func givePlace() {
        let successor = state.withLock { state -> Successor in
            let isOver = isOver.load(ordering: .sequentiallyConsistent)
            if !isOver, state.resting > 0 {
                state.resting -= 1
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
        /// Requests since the thread last waited together with another.
        private let alone = Atomic(0)

        fileprivate init(of duty: Duty) { self.duty = duty }

        /// Waits for a place from which to look for requests, unless the thread still has one; false when the thread
        /// is not needed any more.
        func look() -> Bool {
            if hasPlace.load(ordering: .relaxed) {
                guard alone.add(1, ordering: .relaxed).newValue > Duty.solitude, duty.remove() else {
                    return !duty.isOver.load(ordering: .relaxed)
                }
            }
            hasPlace.store(false, ordering: .relaxed)
            guard duty.takePlace() else { return false }
            alone.store(0, ordering: .relaxed)
            hasPlace.store(true, ordering: .relaxed)
            return true
        }

        /// How long the thread looks for a request at most, while there are places that were added; nil is for ever.
        var patience: Duration? { duty.added.load(ordering: .relaxed) > 0 ? duty.calm : nil }

        /// Nothing has come for as long as that.
        func foundNothing() { alone.store(Duty.solitude, ordering: .relaxed) }

        /// Gives up the thread's place, if it has one, until it looks for requests again.
        func standAside() {
            if hasPlace.exchange(false, ordering: .relaxed) { duty.givePlace() }
        }

        /// Has one more thread look for requests: this one waits for what another finds for it.
        func callOthers() {
            alone.store(0, ordering: .relaxed)
            duty.add()
        }
    }
}
