import AuthTestSupport
import Synchronization
import Testing

@testable import AuthFCGI

/// Who has a connection, and that nothing which comes on it is overlooked.
@Suite struct FastCGIConnectionsTests {
    private let connections = Connections()

    @Test func `a connection is watched once, and one who is woken has it`() {
        connections.open(5)
        #expect(connections.leave(5) == .unwatched)
        #expect(connections.claim(5))
        #expect(connections.leave(5) == .left)
        #expect(connections.claim(5))
        #expect(connections.count == 1)
    }

    @Test func `who has a connection looks again when another was woken for it`() {
        connections.open(5)
        #expect(!connections.claim(5))
        #expect(!connections.claim(5))
        #expect(connections.leave(5) == .called)
        #expect(connections.leave(5) == .unwatched)
    }

    @Test func `what the doorkeeper has is nobody's, and is watched anew`() {
        connections.open(5)
        #expect(!connections.entrust(5))
        #expect(!connections.claim(5))
        #expect(connections.leave(5) == .unwatched)
        #expect(connections.claim(5))
        #expect(connections.entrust(5))
        #expect(connections.leave(5) == .unwatched)
    }

    @Test func `one that is gone is nobody's, and one that comes after it is not called`() {
        connections.open(5)
        #expect(!connections.claim(5))
        connections.forget(5)
        #expect(!connections.claim(5))
        #expect(connections.count == 0)
        connections.open(5)
        #expect(connections.leave(5) == .unwatched)
    }

    @Test func `at the end the idle ones are taken, and no other is kept`() {
        for connection in Int32(5)...7 { connections.open(connection) }
        #expect(connections.leave(5) == .unwatched)
        #expect(connections.leave(6) == .unwatched)
        #expect(connections.claim(6))
        #expect(connections.claimAllForClosing() == [5])
        #expect(connections.leave(6) == .closing)
        #expect(connections.leave(7) == .closing)
    }

    /// Requests that come while threads are woken, look and leave: each is seen.
    @Test func `no request is overlooked, whoever is woken when`() {
        let connections = Connections()
        let waiting = Atomic(0)
        let seen = Atomic(0)
        let serve: @Sendable () -> Void = {
            repeat {
                seen.add(waiting.exchange(0, ordering: .sequentiallyConsistent), ordering: .sequentiallyConsistent)
            } while connections.leave(5) == .called
        }
        connections.open(5)
        serve()
        _ = Parallel.run(4) { _ in
            for _ in 0..<20_000 {
                waiting.add(1, ordering: .sequentiallyConsistent)
                if connections.claim(5) { serve() }
            }
        }
        #expect(seen.load(ordering: .sequentiallyConsistent) == 80_000)
        #expect(waiting.load(ordering: .sequentiallyConsistent) == 0)
    }
}
