import Foundation
import Synchronization

/// Threads that all start at once.
package enum Parallel {
    /// What each thread came to, by its number.
    private final class Results<Value: Sendable>: Sendable {
        private let values: Mutex<[Value?]>

        init(_ count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

        var all: [Value] { values.withLock { $0.compactMap(\.self) } }

        func set(_ value: Value, of number: Int) { values.withLock { $0[number] = value } }
    }

    /// Runs `body` on `count` threads, each with its number; what each gave, in the order of the numbers.
    package static func run<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
        let results = Results<Value>(count)
        let gate = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        for number in 0..<count {
            Thread.detachNewThread {
                gate.wait()
                results.set(body(number), of: number)
                done.signal()
            }
        }
        for _ in 0..<count { gate.signal() }
        for _ in 0..<count { done.wait() }
        return results.all
    }
}
