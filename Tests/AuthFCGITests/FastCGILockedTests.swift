import AuthTestSupport
import Glibc
import Testing

@testable import AuthFCGI

/// A value that threads change one at a time.
@Suite struct FastCGILockedTests {
    private struct Failure: Error {}

    @Test func noChangeIsLostAmongManyThreads() {
        let counts = Locked<[Int: Int]>([:])
        let threads = 8
        let rounds = 20_000
        _ = Parallel.run(threads) { number in
            for round in 0..<rounds {
                counts.withLock { $0[round % 7, default: 0] += 1 }
                if round % 1_000 == number { sched_yield() }
            }
        }
        #expect(counts.withLock { $0.values.reduce(0, +) } == threads * rounds)
    }

    @Test func whatFailsLetsTheNextOneIn() {
        let value = Locked(1)
        #expect(throws: Failure.self) {
            try value.withLock { value throws(Failure) in
                value = 2
                throw Failure()
            }
        }
        #expect(value.withLock { $0 } == 2)
    }
}
