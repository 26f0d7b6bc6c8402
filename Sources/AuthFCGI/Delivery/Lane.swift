import AuthDomain
import Synchronization

/// Delivers the messages of one medium: the one that has been due longest first, and one after another, so that a crash
/// leaves open of one message whether it arrived. A slow delivery is not waited for: others go on beside it.
final class Lane: Sendable {
    /// How long the next message waits for the one before.
    private static let patience: Duration = .milliseconds(200)
    /// Deliveries at once.
    private static let mostThreads = 16
    /// How long to wait at most until the queue is looked at again: another host's courier may have died with a lease.
    private static let longestPause: Duration = .seconds(5)
    private static let expiryInterval: Duration = .seconds(1)

    let medium: Medium
    private let bell: Bell
    private let isStopped = Atomic(false)
    private let hasEnded = Atomic(false)
    private let makeQueue: @Sendable () -> OutboxQueue
    private let makeCarrier: @Sendable () -> Carrier
    private let clock: @Sendable () -> Timestamp
    private let report: @Sendable (DeliveryEvent) -> Void

    /// A lane that works from `start` on. What `makeQueue` and `makeCarrier` make belongs to the thread that calls them.
    init(
        _ medium: Medium, queue makeQueue: @escaping @Sendable () -> OutboxQueue,
        carrier makeCarrier: @escaping @Sendable () -> Carrier, clock: @escaping @Sendable () -> Timestamp,
        report: @escaping @Sendable (DeliveryEvent) -> Void
    ) throws(FastCGIError) {
        self.medium = medium
        self.makeQueue = makeQueue
        self.makeCarrier = makeCarrier
        self.clock = clock
        self.report = report
        bell = try Bell()
    }

    /// Begins to deliver, on threads of its own.
    func start() throws(FastCGIError) { try WorkerThread.start { [self] in run() } }

    /// Tells it that a message may wait.
    func wake() { bell.ring() }

    /// Lets it take no further message and end when those under way are done.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        bell.ring()
    }

    /// Whether it has ended.
    var isOver: Bool { hasEnded.load(ordering: .acquiring) }

    private func run() {
        let queue = makeQueue()
        takeOver(queue)
        var threads: [CarrierThread] = []
        var nextExpiry = ContinuousClock.now
        while !isStopped.load(ordering: .acquiring) {
            guard let thread = idle(among: &threads) else {
                bell.wait(atMost: Self.longestPause)
                continue
            }
            if ContinuousClock.now >= nextExpiry {
                nextExpiry = .now + (expire(queue) ? .zero : Self.expiryInterval)
            }
            switch next(queue) {
            case .give(let item):
                thread.give(item)
                let deadline = ContinuousClock.now + Self.patience
                while !thread.isIdle, ContinuousClock.now < deadline {
                    bell.wait(atMost: max(.zero, deadline - .now))
                }
            case .pause(let pause): bell.wait(atMost: pause)
            }
        }
        for thread in threads { thread.dismiss() }
        while threads.contains(where: { !$0.hasEnded }) { bell.wait(atMost: .seconds(1)) }
        hasEnded.store(true, ordering: .releasing)
    }

    /// Sees to what a courier that died has left; without a database there is nothing else to do before.
    private func takeOver(_ queue: OutboxQueue) {
        while !isStopped.load(ordering: .acquiring) {
            do throws(AuthError) {
                return try queue.takeOver(medium, at: clock())
            } catch {
                bell.wait(atMost: .seconds(1))
            }
        }
    }

    /// The first thread that has nothing to do, so that its connections are used again; a new one while there are few.
    private func idle(among threads: inout [CarrierThread]) -> CarrierThread? {
        if let thread = threads.first(where: \.isIdle) { return thread }
        guard threads.count < Self.mostThreads,
            let thread = try? CarrierThread(done: bell, makeCarrier)
        else { return nil }
        threads.append(thread)
        return thread
    }

    private enum Step {
        case give(OutboxQueue.Item)
        case pause(Duration)
    }

    private func next(_ queue: OutboxQueue) -> Step {
        do throws(AuthError) {
            if let item = try queue.take(medium, at: clock()) { return .give(item) }
            guard let next = try queue.nextAttempt(medium) else { return .pause(Self.longestPause) }
            return .pause(min(max(next.since(clock()), .milliseconds(50)), Self.longestPause))
        } catch {
            // The database does not answer, and the log has why.
            return .pause(.seconds(1))
        }
    }

    /// Forgets what is too old; whether there may be more of it.
    private func expire(_ queue: OutboxQueue) -> Bool {
        guard let expired = try? queue.expire(medium, at: clock()), expired > 0 else { return false }
        report(.expired(count: expired))
        return expired == OutboxQueue.expiryBatch
    }
}
