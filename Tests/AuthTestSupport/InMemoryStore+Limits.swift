package import AuthDomain
import Synchronization

extension InMemoryStore: RateLimiter {
    package func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError) {
        let wait: Duration? = state.withLock { state in
            let before = state.windows
            for budget in budgets {
                let (name, rate) = ("\(budget.name) \(budget.subject)", budget.rate)
                guard state.reserve(name, rate, at: now) != nil else { continue }
                state.windows = before
                return budgets.map { state.wait("\($0.name) \($0.subject)", $0.rate, at: now) }.max()
            }
            return nil
        }
        if let wait { throw .tooManyRequests(retryAfter: wait) }
    }

    package func giveBack(_ budgets: [Budget], forgetting forgotten: [Budget]) throws(AuthError) {
        state.withLock { state in
            for budget in budgets {
                let name = "\(budget.name) \(budget.subject)"
                guard let count = state.windows[name]?.count, count > 0 else { continue }
                state.windows[name]?.count = count - 1
            }
            for budget in forgotten {
                state.windows["\(budget.name) \(budget.subject)"]?.count = 0
                state.windows["\(budget.name) \(budget.subject)"]?.carried = 0
            }
        }
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

    package func remember(
        _ client: ClientAddress, as account: AccountID, until end: Timestamp
    ) throws(AuthError) {
        state.withLock { $0.windows["known \(account) \(client.key)"] = Window(count: 1, ends: end) }
    }
}
