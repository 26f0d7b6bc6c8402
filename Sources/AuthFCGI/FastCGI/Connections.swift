import Synchronization

/// Who is busy with which connection, so that exactly one thread is, and a stop leaves none behind.
final class Connections: Sendable {
    private struct Table {
        /// By descriptor: the system gives the lowest number that is free.
        private var holders: [Holder?] = []
        private(set) var count = 0
        var isClosing = false

        subscript(connection: Int32) -> Holder? {
            get { holders.indices.contains(Int(connection)) ? holders[Int(connection)] : nil }
            set {
                guard connection >= 0 else { return }
                while holders.count <= Int(connection) { holders.append(nil) }
                count += (newValue == nil ? 0 : 1) - (holders[Int(connection)] == nil ? 0 : 1)
                holders[Int(connection)] = newValue
            }
        }

        /// The connections that nobody has.
        var idle: [Int32] { holders.indices.filter { holders[$0] == .nobody }.map(Int32.init) }
    }

    /// Who has a connection.
    private enum Holder { case nobody, thread, doorkeeper }

    private let table = Mutex(Table())

    /// The connections that are open.
    var count: Int { table.withLock { $0.count } }

    /// A connection has come, into the hands of the calling thread.
    func open(_ connection: Int32) {
        table.withLock { $0[connection] = .thread }
    }

    /// Takes a connection that nobody has; false when somebody was faster, or it is gone.
    func claim(_ connection: Int32) -> Bool {
        table.withLock { table in
            guard table[connection] == .nobody else { return false }
            table[connection] = .thread
            return true
        }
    }

    /// Leaves a connection to whoever is woken for it; false when connections are not kept any more.
    func leave(_ connection: Int32) -> Bool {
        table.withLock { table in
            if table.isClosing { return false }
            table[connection] = .nobody
            return true
        }
    }

    /// Leaves a connection once more, though connections are not kept: it has a request that came before.
    func leaveLast(_ connection: Int32) {
        table.withLock { $0[connection] = .nobody }
    }

    /// Gives a connection to the doorkeeper.
    func entrust(_ connection: Int32) {
        table.withLock { $0[connection] = .doorkeeper }
    }

    /// A connection is about to be closed.
    func forget(_ connection: Int32) {
        table.withLock { $0[connection] = nil }
    }

    /// Keeps no connection from now on, and takes all those that nobody has.
    func claimAllForClosing() -> [Int32] {
        table.withLock { table in
            table.isClosing = true
            let idle = table.idle
            for connection in idle { table[connection] = .thread }
            return idle
        }
    }
}
