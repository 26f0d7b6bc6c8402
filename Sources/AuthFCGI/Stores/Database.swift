import AuthDomain

/// One thread's way to the database, for its stores. What goes wrong there is told to `report`, and to the domain
/// it is `AuthError.unavailable`: no detail of the database reaches a client.
final class Database {
    /// What a transaction of the domain comes to: its result or refusal, and whether its writes stand.
    typealias Decision<Value> = TransactionOutcome<Result<Value, AuthError>>

    private let pool: ConnectionPool
    private let whenHeldUp: () -> Void
    private let report: (MariaDBError) -> Void

    /// A way that takes a connection of the pool for each statement, and one for each transaction.
    /// - Parameters:
    ///   - whenHeldUp: called when the thread waits for long (`ConnectionPool.lend`).
    ///   - report: told what goes wrong.
    init(
        _ pool: ConnectionPool, whenHeldUp: @escaping () -> Void = {}, report: @escaping (MariaDBError) -> Void
    ) {
        self.pool = pool
        self.whenHeldUp = whenHeldUp
        self.report = report
    }

    /// What `body` makes of each row of a reading statement.
    func rows<Value>(
        _ sql: StaticString, _ values: [SQLValue], _ body: (SQLRow) throws(MariaDBError) -> Value
    ) throws(AuthError) -> [Value] {
        try translated { connection throws(MariaDBError) in
            var results: [Value] = []
            for row in try connection.rows(sql, values) { results.append(try body(row)) }
            return results
        }
    }

    /// The first row of a reading statement; nil when there is none.
    func row(_ sql: StaticString, _ values: [SQLValue]) throws(AuthError) -> SQLRow? {
        try translated { connection throws(MariaDBError) in try connection.row(sql, values) }
    }

    /// What `body` makes of the first row of a reading statement; nil when there is none.
    func row<Value>(
        _ sql: StaticString, _ values: [SQLValue], _ body: (SQLRow) throws(MariaDBError) -> Value
    ) throws(AuthError) -> Value? {
        try translated { connection throws(MariaDBError) in
            guard let row = try connection.row(sql, values) else { return nil }
            return try body(row)
        }
    }

    /// What `body` makes by statements each of which may be repeated without harm.
    func use<Value>(_ body: (MariaDBConnection) throws(MariaDBError) -> Value) throws(AuthError) -> Value {
        try translated(body)
    }

    /// Runs a writing statement that may be repeated without harm, and tells how many rows it matched.
    @discardableResult
    func execute(_ sql: StaticString, _ values: [SQLValue]) throws(AuthError) -> Int {
        try translated { connection throws(MariaDBError) in try connection.execute(sql, values, idempotent: true) }
    }

    /// Runs one statement as its own transaction, and if the server gives that up, in one that is repeated.
    func alone<Value>(
        _ body: (MariaDBConnection) throws(MariaDBError) -> Value
    ) throws(AuthError) -> Value {
        try translated { connection throws(MariaDBError) in
            do throws(MariaDBError) {
                return try body(connection)
            } catch {
                guard error.kind == .retryable else { throw error }
                return try connection.transaction { connection throws(MariaDBError) in .commit(try body(connection)) }
            }
        }
    }

    /// Runs `body` in one transaction (see `MariaDBConnection.transaction`), and throws its refusal.
    func transaction<Value>(
        resolvingDoubt: ((MariaDBConnection) throws(MariaDBError) -> Bool)? = nil,
        _ body: (MariaDBConnection) throws(MariaDBError) -> Decision<Value>
    ) throws(AuthError) -> Value {
        let result = try translated { connection throws(MariaDBError) in
            try connection.transaction(resolvingDoubt: resolvingDoubt, body)
        }
        return try result.get()
    }

    private func translated<Value>(
        _ body: (MariaDBConnection) throws(MariaDBError) -> Value
    ) throws(AuthError) -> Value {
        try reporting { () throws(MariaDBError) in try pool.lend(whenHeldUp: whenHeldUp, to: body) }
    }

    /// What `body` makes of something that was read.
    func reporting<Value>(_ body: () throws(MariaDBError) -> Value) throws(AuthError) -> Value {
        do throws(MariaDBError) {
            return try body()
        } catch {
            report(error)
            throw .unavailable
        }
    }
}
