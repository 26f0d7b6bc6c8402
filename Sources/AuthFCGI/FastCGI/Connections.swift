/// Who is busy with which connection, so that exactly one thread is, and a stop leaves none behind.
final class Connections: Sendable {
    private struct Table {
        /// By descriptor: the system gives the lowest number that is free.
        private var entries: [Entry?] = []
        private(set) var count = 0
        var isClosing = false

        subscript(connection: Int32) -> Entry? {
            get { entries.indices.contains(Int(connection)) ? entries[Int(connection)] : nil }
            set {
                guard connection >= 0 else { return }
                while entries.count <= Int(connection) { entries.append(nil) }
                count += (newValue == nil ? 0 : 1) - (entries[Int(connection)] == nil ? 0 : 1)
                entries[Int(connection)] = newValue
            }
        }

        /// The connections that nobody has.
        var idle: [Int32] { entries.indices.filter { entries[$0]?.holder == .nobody }.map(Int32.init) }
    }

    /// Who has a connection.
    private enum Holder { case nobody, thread, doorkeeper }

    private struct Entry {
        var holder: Holder
        /// Whether threads are woken for what comes.
        var isWatched = false
        /// Whether one was, while another had the connection.
        var isCalled = false
    }

    /// What a thread has to do that is done with a connection.
    enum Departure {
        /// Nothing: whoever is woken for the connection takes it.
        case left
        /// As before, once it has seen to it that somebody is woken.
        case unwatched
        /// Look at it again: something came meanwhile.
        case called
        /// Close it or give it away: connections are not kept any more.
        case closing
    }

    private let table = Locked(Table())

    /// The connections that are open.
    var count: Int { table.withLock { $0.count } }

    /// A connection has come, into the hands of the calling thread.
    func open(_ connection: Int32) {
        table.withLock { $0[connection] = Entry(holder: .thread) }
    }

    /// Takes a connection that nobody has, on being woken for it; false when it is gone or somebody has it, who then looks
    /// at it once more.
    func claim(_ connection: Int32) -> Bool {
        table.withLock { table in
            switch table[connection]?.holder {
            case .nobody:
                table[connection]?.holder = .thread
                return true
            case .thread:
                table[connection]?.isCalled = true
                return false
            case .doorkeeper, nil:
                return false
            }
        }
    }

    /// Leaves a connection to whoever is woken for it.
    func leave(_ connection: Int32) -> Departure {
        table.withLock { table in
            guard !table.isClosing, let entry = table[connection] else { return .closing }
            table[connection]?.isCalled = false
            if entry.isCalled { return .called }
            table[connection]?.holder = .nobody
            table[connection]?.isWatched = true
            return entry.isWatched ? .left : .unwatched
        }
    }

    /// Leaves a connection once more, though connections are not kept: it has a request that came before.
    func leaveLast(_ connection: Int32) {
        table.withLock { $0[connection]?.holder = .nobody }
    }

    /// Gives a connection to the doorkeeper; tells whether threads were woken for it.
    func entrust(_ connection: Int32) -> Bool {
        table.withLock { table in
            let wasWatched = table[connection]?.isWatched == true
            table[connection] = Entry(holder: .doorkeeper)
            return wasWatched
        }
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
            for connection in idle { table[connection]?.holder = .thread }
            return idle
        }
    }
}
