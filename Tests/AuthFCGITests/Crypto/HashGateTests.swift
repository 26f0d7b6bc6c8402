import AuthDomain
import AuthTestSupport
import Glibc
import Synchronization
import Testing

@testable import AuthFCGI

@Suite struct HashGateTests {
    @Test func `never more than the limit run, and nobody is lost`() {
        let gate = HashGate(limit: 3, queue: 64)
        let running = Atomic(0)
        let most = Atomic(0)
        let done = Atomic(0)
        _ = Parallel.run(40) { _ in
            for _ in 0..<25 {
                do {
                    try gate.run { () throws(AuthError) in
                        let now = running.add(1, ordering: .sequentiallyConsistent).newValue
                        most.max(now, ordering: .sequentiallyConsistent)
                        usleep(100)
                        running.subtract(1, ordering: .sequentiallyConsistent)
                    }
                    done.add(1, ordering: .sequentiallyConsistent)
                } catch {
                    Issue.record("refused: \(error)")
                }
            }
        }
        #expect(most.load(ordering: .sequentiallyConsistent) == 3)
        #expect(done.load(ordering: .sequentiallyConsistent) == 1000)
        #expect(gate.load == (0, 0))
    }

    @Test func `who comes when the queue is full is refused at once, with a time`() {
        let gate = HashGate(limit: 2, queue: 3, retryAfter: .seconds(7))
        let isOpen = Atomic(false)
        let ran = Atomic(0)
        let refused = Atomic(0)
        _ = Parallel.run(9) { index in
            if index == 8 {
                while refused.load(ordering: .sequentiallyConsistent) < 3 { usleep(200) }
                #expect(gate.load == (2, 3))
                isOpen.store(true, ordering: .sequentiallyConsistent)
                return
            }
            do {
                try gate.run { () throws(AuthError) in
                    while !isOpen.load(ordering: .sequentiallyConsistent) { usleep(200) }
                    ran.add(1, ordering: .sequentiallyConsistent)
                }
            } catch {
                #expect(error as? AuthError == .overloaded(retryAfter: .seconds(7)))
                refused.add(1, ordering: .sequentiallyConsistent)
            }
        }
        #expect(ran.load(ordering: .sequentiallyConsistent) == 5)
        #expect(refused.load(ordering: .sequentiallyConsistent) == 3)
        #expect(gate.load == (0, 0))
    }

    @Test func `those who wait go in the order they came`() {
        let gate = HashGate(limit: 1, queue: 8)
        let order = Mutex<[Int]>([])
        _ = Parallel.run(8) { index in
            // Each waits until those before it are in: one runs, the others queue.
            while gate.load.running + gate.load.waiting != index { usleep(200) }
            try? gate.run { () throws(AuthError) in
                while order.withLock({ $0.isEmpty }) && gate.load.waiting < 7 { usleep(200) }
                order.withLock { $0.append(index) }
            }
        }
        #expect(order.withLock { $0 } == Array(0..<8))
    }

    @Test func `a place is given back when the body throws`() throws {
        let gate = HashGate(limit: 1, queue: 0)
        for _ in 0..<3 {
            #expect(throws: AuthError.unavailable) {
                try gate.run { () throws(AuthError) in throw .unavailable }
            }
        }
        #expect(try gate.run { () throws(AuthError) in 5 } == 5)
        #expect(gate.load == (0, 0))
    }

    /// Of the calling thread.
    private static func niceness() -> Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    @Test func `a hash gives way to everything else, and its caller does not`() throws {
        let gate = HashGate(limit: 1, queue: 0)
        let before = Self.niceness()
        #expect(try gate.run { () throws(AuthError) in Self.niceness() } == 10)
        #expect(Self.niceness() == before)
    }

    @Test func `who waits stands aside, who is refused does not`() throws {
        let gate = HashGate(limit: 1, queue: 1)
        let aside = Atomic(0)
        let isOpen = Atomic(false)
        _ = Parallel.run(3) { index in
            while gate.load.running + gate.load.waiting != min(index, 2) { usleep(200) }
            try? gate.run(standingAside: { aside.add(1, ordering: .relaxed) }) { () throws(AuthError) in
                while !isOpen.load(ordering: .relaxed) { usleep(200) }
            }
            // Who has come may not have stood aside yet.
            if index == 2 {
                for _ in 0..<50_000 where aside.load(ordering: .relaxed) < 2 { usleep(200) }
                #expect(aside.load(ordering: .relaxed) == 2)
                isOpen.store(true, ordering: .relaxed)
            }
        }
        #expect(aside.load(ordering: .relaxed) == 2)
    }
}
