package import AuthDomain
import Synchronization

extension InMemoryStore: RateLimiter {
    package func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError) {
        if let wait = state.withLock({ $0.take(budgets, at: now) }) { throw .tooManyRequests(retryAfter: wait) }
    }

    package func giveBack(_ budgets: [Budget], forgetting forgotten: [Budget]) throws(AuthError) {
        state.withLock { $0.settle(Relief(givenBack: budgets, forgotten: forgotten)) }
    }

    package func knows(
        _ client: ClientAddress, as account: AccountID, at now: Timestamp
    ) throws(AuthError) -> Timestamp? {
        state.withLock { $0.windows["known \(account) \(client.key)"]?.ends }.flatMap { $0 > now ? $0 : nil }
    }

    package func knowsAny(as account: AccountID, at now: Timestamp) throws(AuthError) -> Bool {
        state.withLock { state in
            state.windows.contains { $0.key.hasPrefix("known \(account) ") && $0.value.ends > now }
        }
    }

    package func remember(_ known: KnownClient) throws(AuthError) {
        state.withLock { $0.settle(Relief(known: known)) }
    }
}

extension InMemoryStore.State {
    /// Counts one event in each budget, or in none: how long to wait then.
    mutating func take(_ budgets: [Budget], at now: Timestamp) -> Duration? {
        let before = windows
        for budget in budgets {
            guard reserve("\(budget.name) \(budget.subject)", budget.rate, at: now) != nil else { continue }
            windows = before
            return budgets.map { wait("\($0.name) \($0.subject)", $0.rate, at: now) }.max()
        }
        return nil
    }

    /// Makes good and remembers.
    mutating func settle(_ relief: Relief) {
        for budget in relief.givenBack {
            let name = "\(budget.name) \(budget.subject)"
            guard let count = windows[name]?.count, count > 0 else { continue }
            windows[name]?.count = count - 1
        }
        for budget in relief.forgotten {
            windows["\(budget.name) \(budget.subject)"]?.count = 0
            windows["\(budget.name) \(budget.subject)"]?.carried = 0
        }
        if let known = relief.known {
            windows["known \(known.account) \(known.client.key)"] = InMemoryStore.Window(count: 1, ends: known.until)
        }
    }
}
