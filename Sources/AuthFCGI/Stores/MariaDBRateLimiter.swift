import AuthDomain

/// Budgets in the table `rate_counter`.
struct MariaDBRateLimiter: RateLimiter {
    let database: Database

    func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError) {
        if budgets.count == 1, let budget = budgets.first {
            let counted = try database.alone { connection throws(MariaDBError) in
                try RateCounter(budget).count(budget.rate, at: now, on: connection)
            }
            if let wait = counted.wait { throw .tooManyRequests(retryAfter: wait) }
            return
        }
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Void> in
            if let wait = try Self.take(budgets, at: now, on: connection) {
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
        let relief = Relief(givenBack: budgets, forgotten: forgotten)
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Void> in
            try relief.settle(on: connection)
            return .commit(.success(()))
        }
    }

    func knows(_ client: ClientAddress, as account: AccountID, at now: Timestamp) throws(AuthError) -> Timestamp? {
        try database.row(
            "SELECT window_ends FROM rate_counter WHERE name = ? AND subject = ? AND window_ends > ?",
            KnownClient.key(client, account) + [.time(now)]
        ) { row throws(MariaDBError) in try row.moment(0) }
    }

    func knowsAny(as account: AccountID, at now: Timestamp) throws(AuthError) -> Bool {
        try database.row(
            "SELECT 1 FROM rate_counter WHERE name = ? AND subject > ? AND subject < ? AND window_ends > ? LIMIT 1",
            KnownClient.keys(of: account) + [.time(now)]) != nil
    }

    func remember(_ known: KnownClient) throws(AuthError) {
        try database.alone { connection throws(MariaDBError) in try known.insert(on: connection) }
    }

    /// Counts one event in each budget, within the connection's transaction. How long to wait when one is used up.
    static func take(
        _ budgets: [Budget], at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Duration? {
        for (place, budget) in budgets.enumerated() {
            guard var wait = try RateCounter(budget).count(budget.rate, at: now, on: connection).wait else { continue }
            for other in budgets.dropFirst(place + 1) {
                wait = max(wait, try RateCounter(other).wait(for: other.rate, at: now, on: connection))
            }
            return wait
        }
        return nil
    }
}
