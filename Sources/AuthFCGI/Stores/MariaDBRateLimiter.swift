import AuthDomain

/// Budgets in the table `rate_counter`.
struct MariaDBRateLimiter: RateLimiter {
    let database: Database

    func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError) {
        // One that has a row already needs no transaction: its own statement is one.
        if budgets.count == 1, let budget = budgets.first, budget.rate.count > 0 {
            let isTaken = try database.alone { connection throws(MariaDBError) in
                try RateCounter(budget).count(budget.rate, at: now, on: connection)
            }
            if isTaken { return }
        }
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Void> in
            for budget in budgets {
                if try RateCounter(budget).reserve(budget.rate, at: now, on: connection) { continue }
                var wait: Duration = .seconds(1)
                for budget in budgets {
                    wait = max(wait, try RateCounter(budget).wait(for: budget.rate, at: now, on: connection))
                }
                return .rollback(.failure(.tooManyRequests(retryAfter: wait)))
            }
            return .commit(.success(()))
        }
    }

    func giveBack(_ budgets: [Budget], forgetting forgotten: [Budget]) throws(AuthError) {
        if budgets.isEmpty, forgotten.count == 1, let budget = forgotten.first {
            return try database.alone { connection throws(MariaDBError) in
                try RateCounter(budget).forget(on: connection)
            }
        }
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Void> in
            for budget in budgets { try RateCounter(budget).release(on: connection) }
            for budget in forgotten { try RateCounter(budget).forget(on: connection) }
            return .commit(.success(()))
        }
    }

    func knows(_ client: ClientAddress, as account: AccountID, at now: Timestamp) throws(AuthError) -> Timestamp? {
        try database.row(
            "SELECT window_ends FROM rate_counter WHERE name = ? AND subject = ? AND window_ends > ?",
            Self.key(client, account) + [.time(now)]
        ) { row throws(MariaDBError) in try row.moment(0) }
    }

    func knowsAny(as account: AccountID, at now: Timestamp) throws(AuthError) -> Bool {
        // A subject is the account, a space and the client: `!` comes after the space.
        try database.row(
            "SELECT 1 FROM rate_counter WHERE name = ? AND subject > ? AND subject < ? AND window_ends > ? LIMIT 1",
            [
                .key(RateCounter.Name.knownClients.rawValue), .key("\(account) "), .key("\(account)!"), .time(now),
            ]) != nil
    }

    func remember(_ client: ClientAddress, as account: AccountID, until end: Timestamp) throws(AuthError) {
        try database.execute(
            """
            INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?)
            ON DUPLICATE KEY UPDATE window_ends = GREATEST(window_ends, VALUES(window_ends))
            """, Self.key(client, account) + [.time(end)])
    }

    private static func key(_ client: ClientAddress, _ account: AccountID) -> [SQLValue] {
        [.key(RateCounter.Name.knownClients.rawValue), .key("\(account) \(client.key)")]
    }
}
