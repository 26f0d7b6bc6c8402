import AuthDomain
import Synchronization

/// The line of the requests that wait for their login sessions to be looked for: all threads of a process have it in common.
final class Lookups: Sendable {
    private let line: Locked<LookupLine<WaitingRequest>>
    /// How many wait.
    private let count = Atomic(0)

    /// A line in which nobody waits: `LookupLine` says when somebody does.
    init(atOnce: Int, few: Int, usual: Duration = .microseconds(500)) {
        line = Locked(LookupLine(atOnce: atOnce, few: few, usual: usual))
    }

    /// Whether nobody waits.
    var isEmpty: Bool { count.load(ordering: .relaxed) == 0 }

    /// Has a request wait.
    func join(_ request: WaitingRequest) {
        line.withLock { line in
            line.join(request, asking: request.pending.claim.question)
            count.store(line.count, ordering: .relaxed)
        }
    }

    /// Begins a look-up for those who leave the line with that; for nobody when nobody waits, or another one is under way.
    func begin() -> [WaitingRequest] {
        if isEmpty { return [] }
        return line.withLock { line in
            defer { count.store(line.count, ordering: .relaxed) }
            return line.begin()
        }
    }

    /// Ends a look-up that was for so many.
    func end(_ count: Int) { line.withLock { $0.end(count) } }
}
