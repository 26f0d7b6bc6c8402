import Synchronization

/// Who is busy with which connection, so that exactly one thread is, and a stop leaves none behind.
final class Connections: Sendable {
    private struct Table {
        var holders: [Int32: Holder] = [:]
        var isClosing = false
    }

    /// Who has a connection.
    private enum Holder { case nobody, thread, doorkeeper }

    private let table = Mutex(Table())

    /// The connections that are open.
    var count: Int { table.withLock { $0.holders.count } }

    /// A connection has come, into the hands of the calling thread.
    func open(_ connection: Int32) {
        table.withLock { $0.holders[connection] = .thread }
    }

    /// Takes a connection that nobody has; false when somebody was faster, or it is gone.
    func claim(_ connection: Int32) -> Bool {
        table.withLock { table in
            guard table.holders[connection] == .nobody else { return false }
            table.holders[connection] = .thread
            return true
        }
    }

    /// Leaves a connection to whoever is woken for it; false when connections are not kept any more.
    func leave(_ connection: Int32) -> Bool {
        table.withLock { table in
            if table.isClosing { return false }
            table.holders[connection] = .nobody
            return true
        }
    }

    /// Leaves a connection once more, though connections are not kept: it has a request that came before.
    func leaveLast(_ connection: Int32) {
        table.withLock { $0.holders[connection] = .nobody }
    }

    /// Gives a connection to the doorkeeper.
    func entrust(_ connection: Int32) {
        table.withLock { $0.holders[connection] = .doorkeeper }
    }

    /// A connection is about to be closed.
    func forget(_ connection: Int32) {
        table.withLock { _ = $0.holders.removeValue(forKey: connection) }
    }

    /// Keeps no connection from now on, and takes all those that nobody has.
    func claimAllForClosing() -> [Int32] {
        table.withLock { table in
            table.isClosing = true
            let idle = table.holders.filter { $0.value == .nobody }.map(\.key)
            for connection in idle { table.holders[connection] = .thread }
            return idle
        }
    }
}
