import Glibc

extension MariaDBConnection {
    private enum Attempt<Value> {
        case done(Value)
        case failed(MariaDBError)
        /// The connection was lost at the COMMIT.
        case doubtful(MariaDBError, Value)
    }

    /// Runs `body` in one transaction, at READ COMMITTED, and ends it as `body` says; an error thrown rolls it back.
    ///
    /// The whole body is repeated up to six times, after 5 to 50 ms, when the server gives the transaction up (1213,
    /// 1205, 1020): of two hundred that want one row at once, some lose more than three times. It is repeated once when the
    /// connection is lost before COMMIT was sent. So it must have no effect but in the database. After such an error every
    /// further statement of the body fails the same way, so one that is swallowed commits nothing.
    ///
    /// When the connection is lost at the COMMIT, `resolvingDoubt` is asked on another whether the work is there: if so
    /// the value is returned, else the body is repeated once. The question must be a locking read (`… FOR UPDATE`) of a
    /// row the body writes, so that it waits for a commit still under way. Without it the error is `.lost`.
    func transaction<Value>(
        resolvingDoubt: ((MariaDBConnection) throws(MariaDBError) -> Bool)? = nil,
        _ body: (MariaDBConnection) throws(MariaDBError) -> TransactionOutcome<Value>
    ) throws(MariaDBError) -> Value {
        var conflicts = 0
        var losses = 0
        while true {
            switch attempt(body) {
            case .done(let value):
                return value
            case .failed(let error) where error.kind == .retryable && conflicts < 6:
                conflicts += 1
                usleep(UInt32.random(in: 5_000...50_000))
            case .failed(let error) where error.kind == .lost && losses < 1:
                losses += 1
            case .failed(let error):
                throw error
            case .doubtful(let error, let value):
                guard let resolvingDoubt else { throw error.judged(.lost) }
                if try settle(error, resolvingDoubt) { return value }
                guard losses < 1 else { throw error.judged(.lost) }
                losses += 1
            }
        }
    }

    private func attempt<Value>(
        _ body: (MariaDBConnection) throws(MariaDBError) -> TransactionOutcome<Value>
    ) -> Attempt<Value> {
        do {
            return try pinned { connection throws(MariaDBError) in
                try connection.command("START TRANSACTION")
                return try connection.conclude(body)
            }
        } catch {
            return .failed(error)
        }
    }

    private func conclude<Value>(
        _ body: (MariaDBConnection) throws(MariaDBError) -> TransactionOutcome<Value>
    ) throws(MariaDBError) -> Attempt<Value> {
        let outcome: TransactionOutcome<Value>
        do {
            outcome = try body(self)
        } catch {
            rollback()
            throw error
        }
        if case .pinned(let broken?) = bond {
            rollback()
            throw broken
        }
        switch outcome {
        case .rollback(let value):
            rollback()
            return .done(value)
        case .commit(let value):
            return commit(value)
        }
    }

    private func commit<Value>(_ value: Value) -> Attempt<Value> {
        do {
            try command("COMMIT")
            return .done(value)
        } catch {
            let isDoubtful = (error.kind == .lost || error.kind == .timeout) && !error.hadNoEffect
            rollback()
            return isDoubtful ? .doubtful(error, value) : .failed(error)
        }
    }

    /// Ends the transaction without effect; if that cannot be said to the server, by ending the session.
    private func rollback() {
        if case .pinned(broken: _?) = bond { bond = .pinned(broken: nil) }
        do { try command("ROLLBACK") } catch { disconnect() }
    }

    /// Asks whether the work is there; a lock still held by the dying session is waited for.
    private func settle(
        _ error: MariaDBError, _ question: (MariaDBConnection) throws(MariaDBError) -> Bool
    ) throws(MariaDBError) -> Bool {
        for _ in 0..<3 {
            do {
                return try question(self)
            } catch {
                guard error.kind == .retryable else { break }
            }
        }
        throw error.judged(.lost)
    }
}
