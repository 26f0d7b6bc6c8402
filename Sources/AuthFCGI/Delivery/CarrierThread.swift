/// A thread that carries one message after another, as they are given to it.
final class CarrierThread: Sendable {
    private struct State {
        var item: OutboxQueue.Item?
        var isBusy = false
        var isDismissed = false
        var hasEnded = false
    }

    private let state = Locked(State())
    private let call: Bell
    /// Rung when it is done with a message, and when it has ended.
    private let done: Bell

    /// Starts a thread; `make` makes its carrier, on it.
    init(done: Bell, _ make: @escaping @Sendable () -> Carrier) throws(FastCGIError) {
        call = try Bell()
        self.done = done
        try WorkerThread.start { [self] in run(make()) }
    }

    /// Whether it can be given a message.
    var isIdle: Bool { state.withLock { !$0.isBusy } }
    /// Whether it is no more.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Gives it a message; it must be idle.
    func give(_ item: OutboxQueue.Item) {
        state.withLock { state in
            state.item = item
            state.isBusy = true
        }
        call.ring()
    }

    /// Lets it end once it has carried what it was given.
    func dismiss() {
        state.withLock { $0.isDismissed = true }
        call.ring()
    }

    private func run(_ carrier: Carrier) {
        while true {
            let (item, isOver) = state.withLock { state in
                defer { state.item = nil }
                return (state.item, state.item == nil && state.isDismissed)
            }
            if let item {
                carrier.carry(item)
                state.withLock { $0.isBusy = false }
                done.ring()
            } else if isOver {
                state.withLock { $0.hasEnded = true }
                return done.ring()
            } else {
                call.wait(atMost: .seconds(3_600))
            }
        }
    }
}
