/// One try of a password, counted before it is compared, so that parallel tries get no further than others.
struct LoginAttempt {
    private let account: AccountID?
    private let call: CallContext
    private let limits: any RateLimiter
    private let budgets: [Budget]

    /// How long a client is remembered after a login.
    private static let memory: Duration = .seconds(90 * 86_400)

    /// A try to log in as `account`, or, when there is none, as whoever `identifiers` would name.
    init(
        as account: AccountID?, _ identifiers: [AccountIdentifier], in call: CallContext, with services: Services
    ) throws(AuthError) {
        self.account = account
        self.call = call
        limits = services.limits
        var owner = "\(call.realm) \(account?.description ?? identifiers.first?.key ?? "")"
        var budgets: [Budget] = []
        if let client = call.client {
            budgets.append(Budget(.clientFailedLogins, of: client.key, call.policy.limits.failedLoginsPerClient))
            if let account, try limits.knows(client, as: account, at: call.now) { owner += " \(client.key)" }
        }
        self.budgets = budgets + [Budget(.failedLogins, of: owner, call.policy.limits.failedLoginsPerAccount)]
    }

    /// Whether the password is right, as `verify` says. A right one costs nothing.
    ///
    /// - Throws: `.tooManyRequests` when the budgets are used up: nothing is compared then.
    func judge(_ verify: () throws(AuthError) -> Bool) throws(AuthError) -> Bool {
        try limits.take(budgets, at: call.now)
        do throws(AuthError) {
            guard try verify() else { return false }
        } catch {
            try limits.giveBack(budgets)
            throw error
        }
        try limits.giveBack(budgets)
        if let client = call.client, let account {
            try limits.remember(client, as: account, until: call.now + Self.memory)
        }
        return true
    }
}
