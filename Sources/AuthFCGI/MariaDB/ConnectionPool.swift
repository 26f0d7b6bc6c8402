/// The connections of a process: as many as there are statements and transactions at once, up to a limit. Each has one
/// owner at a time, and the one that was given back last is lent first: so those that are not needed stay unused, and
/// can be given up.
final class ConnectionPool: Sendable {
    /// What threads hand to each other.
    private struct Lent: @unchecked Sendable {
        let connection: MariaDBConnection
    }

    private struct State {
        var idle: [Lent] = []
        /// Given back to those who wait, in advance of their waking.
        var handed: [Lent] = []
        var made = 0
        var waiting = 0
    }

    private let settings: MariaDBSettings
    private let limit: Int
    private let observe: @Sendable (Int) -> Void
    private let returns: Semaphore?
    private let state = Locked(State())

    /// No connection yet: each is made when it is first needed.
    /// - Parameters:
    ///   - limit: how many there are at most; whoever needs one more waits.
    ///   - observe: told 1 when a session is made and -1 when it is given up.
    init(_ settings: MariaDBSettings, limit: Int = 1, observe: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.settings = settings
        self.limit = max(1, limit)
        self.observe = observe
        returns = Semaphore()
    }

    /// Lends a connection for as long as `body` runs.
    /// - Parameter whenHeldUp: called on this thread when it waits for a connection, and when it has waited for the
    ///   server for `SocketWatch.patience`.
    func lend<Value>(
        whenHeldUp: @escaping () -> Void = {}, to body: (MariaDBConnection) throws(MariaDBError) -> Value
    ) throws(MariaDBError) -> Value {
        try MariaDBLibrary.prepareThread()
        let connection = try take(whenHeldUp)
        connection.whenHeldUp = whenHeldUp
        defer { giveBack(connection) }
        return try body(connection)
    }

    /// Gives up connections that nobody has used since a moment: those of a busier time.
    /// - Parameter keeping: how many stay in all, used or not.
    /// - Returns: how many were given up.
    @discardableResult
    func closeUnused(since moment: ContinuousClock.Instant, keeping: Int = 0) -> Int {
        guard (try? MariaDBLibrary.prepareThread()) != nil else { return 0 }
        let unused = state.withLock { state in
            // Who was given back first lies at the bottom.
            let unused = Array(
                state.idle.prefix { $0.connection.lastUse < moment }.prefix(max(0, state.made - keeping)))
            state.idle.removeFirst(unused.count)
            state.made -= unused.count
            return unused
        }
        for lent in unused { lent.connection.disconnect() }
        return unused.count
    }

    private func take(_ whenHeldUp: () -> Void) throws(MariaDBError) -> MariaDBConnection {
        let found = state.withLock { state -> Lent? in
            if let idle = state.idle.popLast() { return idle }
            if state.made < limit {
                state.made += 1
                return Lent(connection: MariaDBConnection(settings, observe: observe))
            }
            state.waiting += 1
            return nil
        }
        if let found { return found.connection }
        whenHeldUp()
        guard let returns, returns.wait() else {
            state.withLock { $0.waiting -= 1 }
            throw MariaDBError(.refused, "the system has no semaphore")
        }
        return state.withLock { $0.handed.removeFirst() }.connection
    }

    private func giveBack(_ connection: MariaDBConnection) {
        let lent = Lent(connection: connection)
        let isAwaited = state.withLock { state in
            if state.waiting > 0 {
                state.waiting -= 1
                state.handed.append(lent)
                return true
            }
            state.idle.append(lent)
            return false
        }
        if isAwaited { returns?.signal() }
    }
}
