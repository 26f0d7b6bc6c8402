/// A connection to the database that heals itself: made on first use, replaced when lost, to the next host when one
/// fails. It belongs to one thread at a time.
///
/// Row counts are of rows matched, whether or not their values changed (CLIENT_FOUND_ROWS).
final class MariaDBConnection {
    /// A session used within this time is used again without a look at it, where a loss does no harm.
    private static let fresh: Duration = .seconds(1)
    /// A session not used for so long is asked for a sign of life first: a router may have forgotten it.
    private static let trusted: Duration = .seconds(30)
    /// What all hosts get to make a session when the server has just been found silent.
    private static let patienceAfterSilence: Duration = .milliseconds(400)

    /// Whether the session may be replaced under the caller.
    enum Bond {
        /// Each statement stands alone.
        case free
        /// The statements belong to one session; `broken` once it, or the transaction in it, is no more.
        case pinned(broken: MariaDBError?)
    }

    private let settings: MariaDBSettings
    private let observe: (Int) -> Void
    /// Called on the waiting thread when a call is held up (`SocketWatch.patience`).
    var whenHeldUp: () -> Void = {} {
        didSet { handle?.whenHeldUp = whenHeldUp }
    }
    private var handle: MariaDBHandle? {
        didSet {
            switch (oldValue == nil, handle == nil) {
            case (true, false): observe(1)
            case (false, true): observe(-1)
            case (true, true), (false, false): break
            }
        }
    }
    private var cache = StatementCache()
    /// When it last had an answer or a failure, or was made.
    private(set) var lastUse = ContinuousClock.now
    /// The host that is tried first.
    private var preferred = 0
    private var wasSilent = false
    var bond = Bond.free

    /// Connects when first used.
    /// - Parameter observe: told 1 when a session is made and -1 when it is given up.
    init(_ settings: MariaDBSettings, observe: @escaping (Int) -> Void = { _ in }) {
        self.observe = observe
        self.settings = settings
    }

    /// Runs one statement and says how many rows it matched, inserted or deleted.
    ///
    /// Outside a transaction it is its own transaction. When the connection is lost it is run again, once, if it cannot
    /// have run or is `idempotent`; else the error `.lost` leaves open whether it did.
    func execute(_ sql: StaticString, _ values: [SQLValue] = [], idempotent: Bool = false) throws(MariaDBError) -> Int {
        try run(sql, repeatable: idempotent) { statement throws(MariaDBError) in try statement.execute(values) }
    }

    /// Runs one reading statement and returns its rows. Outside a transaction it is run again, once, when the connection
    /// is lost; so a statement that writes and returns rows belongs in a transaction.
    func rows(_ sql: StaticString, _ values: [SQLValue] = []) throws(MariaDBError) -> [SQLRow] {
        try run(sql, repeatable: true) { statement throws(MariaDBError) in try statement.rows(values) }
    }

    /// As `rows`, the first row only.
    func row(_ sql: StaticString, _ values: [SQLValue] = []) throws(MariaDBError) -> SQLRow? {
        try rows(sql, values).first
    }

    /// Runs a script of statements separated by semicolons, as written; the first failure ends it. Never repeated.
    func script(_ sql: String) throws(MariaDBError) {
        try guarding { handle throws(MariaDBError) in try handle.script(sql) }
    }

    /// Runs one statement without values by the text protocol, and without repetition.
    func command(_ sql: String) throws(MariaDBError) {
        try guarding { handle throws(MariaDBError) in try handle.query(sql) }
    }

    /// Runs `body` with all its statements in one session: when that is lost, all that follow fail.
    func pinned<Value>(_ body: (MariaDBConnection) throws(MariaDBError) -> Value) throws(MariaDBError) -> Value {
        guard case .free = bond else { throw MariaDBError(.other, "the connection is in use already") }
        _ = try session()
        bond = .pinned(broken: nil)
        defer { bond = .free }
        return try body(self)
    }

    /// Gives the session up; the next use makes another.
    func disconnect() {
        cache.removeAll()
        handle = nil
    }

    /// How many prepared statements the session holds.
    var preparedStatements: Int { cache.count }

    private func run<Value>(
        _ sql: StaticString, repeatable: Bool, _ use: (MariaDBStatement) throws(MariaDBError) -> Value
    ) throws(MariaDBError) -> Value {
        guard sql.hasPointerRepresentation else { throw MariaDBError(.other, "a statement is no string literal") }
        var repetitions = 0
        while true {
            var wasSent = false
            do {
                return try guarding(repeatable: repeatable && repetitions == 0) { handle throws(MariaDBError) in
                    let statement = try cache.statement(sql, on: handle)
                    wasSent = true
                    return try use(statement)
                }
            } catch {
                // Unknown to the server, or to be prepared again; columns other than when it was prepared.
                let isStale = error.code == 1243 || error.code == 1615
                let isChanged = error.code == 2057
                if isStale || isChanged { cache.remove(sql) }
                guard repetitions == 0 else { throw error }
                repetitions += 1
                if case .pinned = bond {
                    if isStale { continue }
                    throw isChanged ? error.judged(.retryable) : error
                }
                let mayRepeat = error.kind == .lost && (repeatable || !wasSent || error.hadNoEffect)
                guard isStale || (isChanged && repeatable) || mayRepeat else { throw error }
            }
        }
    }

    /// Gives `body` a session and draws the consequences of its failure.
    private func guarding<Value>(
        repeatable: Bool = false, _ body: (MariaDBHandle) throws(MariaDBError) -> Value
    ) throws(MariaDBError) -> Value {
        let handle = try session(mayBeLost: repeatable)
        do {
            let value = try body(handle)
            lastUse = .now
            return value
        } catch {
            note(error, on: handle)
            throw error
        }
    }

    private func note(_ error: MariaDBError, on handle: MariaDBHandle) {
        lastUse = .now
        let isGone = error.kind == .lost || handle.timedOut
        if isGone {
            wasSilent = handle.timedOut
            if handle.timedOut || error.isReadOnlyServer { preferred += 1 }
            disconnect()
        }
        if case .pinned(broken: nil) = bond, isGone || error.kind == .retryable || error.code == 2057 {
            bond = .pinned(broken: error)
        }
    }

    private func session(mayBeLost: Bool = false) throws(MariaDBError) -> MariaDBHandle {
        if case .pinned(let broken) = bond {
            if let broken { throw broken }
            guard let handle else { throw MariaDBError(.lost, "the session is gone") }
            return handle
        }
        if let handle {
            let idle = ContinuousClock.now - lastUse
            if mayBeLost && idle < Self.fresh { return handle }
            let isStale = idle > Self.trusted
            if handle.isQuiet && (!isStale || handle.answersPing(within: Self.patienceAfterSilence)) { return handle }
            disconnect()
        }
        return try connect()
    }

    private func connect() throws(MariaDBError) -> MariaDBHandle {
        let timeout = settings.connectTimeout
        let allowance = wasSilent ? min(Self.patienceAfterSilence, timeout) : timeout
        wasSilent = false
        let deadline = ContinuousClock.now + allowance
        var failure = MariaDBError(.refused, "no host is named")
        for left in stride(from: settings.hosts.count, to: 0, by: -1) {
            let index = preferred % settings.hosts.count
            let share = min((deadline - .now) / left, timeout / 2)
            guard share > .zero else { break }
            do {
                let handle = try MariaDBHandle(
                    settings.hosts[index], settings, within: share, whenHeldUp: whenHeldUp)
                self.handle = handle
                lastUse = .now
                preferred = index
                return handle
            } catch {
                failure = error
                preferred = (index + 1) % settings.hosts.count
            }
        }
        throw failure
    }
}
