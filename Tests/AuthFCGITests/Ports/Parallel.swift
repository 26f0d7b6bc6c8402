import Foundation
import Synchronization

/// Threads that all start at once.
enum Parallel {
    /// Collects what the threads come to.
    private final class Results<Value: Sendable>: Sendable {
        private let values = Mutex<[Value]>([])

        var all: [Value] { values.withLock { $0 } }

        func add(_ value: Value) { values.withLock { $0.append(value) } }
    }

    /// Runs `body` on `count` threads, each with its number; the results in no order.
    static func run<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
        let results = Results<Value>()
        let gate = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        for number in 0..<count {
            Thread.detachNewThread {
                gate.wait()
                results.add(body(number))
                done.signal()
            }
        }
        for _ in 0..<count { gate.signal() }
        for _ in 0..<count { done.wait() }
        return results.all
    }
}
