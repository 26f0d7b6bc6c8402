/// One try of a password, counted before it is compared, so that parallel tries get no further than others.
struct LoginAttempt {
    private let account: AccountID?
    private let call: CallContext
    private let limits: any RateLimiter
    /// Of the client, whatever the account; none where it was logged in as the account before: others that share its
    /// network address do not lock it out.
    private let clientBudgets: [Budget]
    private let accountBudget: Budget
    /// Until when its client is remembered.
    private let remembered: Timestamp?

    /// A memory is renewed when it is older than this: not with each login.
    private static let fresh: Duration = .seconds(86_400)

    /// Whether its client was logged in as the account before.
    var isFromKnownClient: Bool { remembered != nil }

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
        var remembered: Timestamp?
        var budgets: [Budget] = []
        if let client = call.client {
            // Asked for nobody as well where that must not be told: the time it takes tells nothing.
            if let known = account ?? (call.policy.revealsAccounts ? nil : .nobody) {
                remembered = try limits.knows(client, as: known, at: call.now)
            }
            if remembered != nil {
                owner += " \(client.key)"
            } else {
                budgets.append(Budget(.clientFailedLogins, of: client.key, call.policy.limits.failedLoginsPerClient))
            }
        }
        self.remembered = remembered
        clientBudgets = budgets
        accountBudget = Budget(.failedLogins, of: owner, call.policy.limits.failedLoginsPerAccount)
    }

    /// Whether the password is right, as `verify` says. A wrong one stays counted; what a right one makes good is `relief`,
    /// and it is for the caller to see to that.
    ///
    /// - Throws: `.tooManyRequests` when the budgets are used up: nothing is compared then.
    func judge(_ verify: () throws(AuthError) -> Bool) throws(AuthError) -> Bool {
        try limits.take(clientBudgets + [accountBudget], at: call.now)
        do throws(AuthError) {
            return try verify()
        } catch {
            try undo()
            throw error
        }
    }

    /// Counts it no longer: it was not judged, or by a password that may have been replaced meanwhile.
    func undo() throws(AuthError) { try limits.giveBack(clientBudgets + [accountBudget], forgetting: []) }

    /// What a right password makes good: the account's failures, and its own try; not the client's other failures, which
    /// may have an account of its own to try passwords of others beside. Its client is remembered.
    var relief: Relief { Relief(givenBack: clientBudgets, forgotten: [accountBudget], known: newlyKnown) }

    /// Sees to the relief where no session begins.
    func settle() throws(AuthError) {
        try limits.giveBack(clientBudgets, forgetting: [accountBudget])
        if let newlyKnown { try limits.remember(newlyKnown) }
    }

    private var newlyKnown: KnownClient? {
        guard let client = call.client, let account else { return nil }
        let end = call.now + call.policy.limits.memory
        if let remembered, remembered + Self.fresh > end { return nil }
        return KnownClient(client, as: account, until: end)
    }
}
