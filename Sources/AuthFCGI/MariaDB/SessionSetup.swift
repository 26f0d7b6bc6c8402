/// What every session is set to, in one round trip: strict values, UTC, READ COMMITTED, and bounded waits.
struct SessionSetup {
    /// The one statement.
    let statement: String

    /// For a server of this version (as in 101106 for 10.11.6).
    init(_ settings: MariaDBSettings, serverVersion: UInt) {
        let isolation = serverVersion >= 110_101 ? "transaction_isolation" : "tx_isolation"
        let milliseconds = settings.queryTimeout.wholeMilliseconds
        // A transaction given up for a lock is repeated: it does not wait for long at once.
        let lockWait = max(1, milliseconds / 4_000)
        // Rows that many wait for are not left to a host that has vanished.
        statement = """
            SET sql_mode = 'TRADITIONAL', time_zone = '+00:00', autocommit = 1, \(isolation) = 'READ-COMMITTED', \
            innodb_lock_wait_timeout = \(lockWait), lock_wait_timeout = \(max(1, milliseconds / 1_000)), \
            max_statement_time = \(milliseconds) / 1000, \
            idle_transaction_timeout = \(max(1, milliseconds / 1_000))
            """
    }
}
