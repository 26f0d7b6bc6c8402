/// One try of a password, counted before it is compared, so that parallel tries get no further than others.
struct LoginAttempt {
    private let account: AccountID?
    private let call: CallContext
    private let limits: any RateLimiter
    private let budgets: [Budget]
    /// Whether its client was logged in as the account before.
    let isFromKnownClient: Bool

    /// A try to log in as `account`, or, when there is none, as whoever `identifiers` would name. Where it must not be
    /// told whether there is one, tries are counted by what it is meant by: an account's email and phone have a budget
    /// each, as two that nobody has.
    init(
        as account: AccountID?, _ identifiers: [AccountIdentifier], in call: CallContext, with services: Services
    ) throws(AuthError) {
        self.account = account
        self.call = call
        limits = services.limits
        let named = call.policy.isUniform ? nil : account?.description
        var owner = "\(call.realm) \(named ?? identifiers.first?.key ?? "")"
        var isKnown = false
        var budgets: [Budget] = []
        if let client = call.client {
            budgets.append(Budget(.clientFailedLogins, of: client.key, call.policy.limits.failedLoginsPerClient))
            if let account { isKnown = try limits.knows(client, as: account, at: call.now) }
            if isKnown { owner += " \(client.key)" }
        }
        isFromKnownClient = isKnown
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
        return true
    }

    /// Remembers that its client was logged in as the account.
    func remember() throws(AuthError) {
        guard let client = call.client, let account else { return }
        try limits.remember(client, as: account, until: call.now + Services.memory)
    }
}
