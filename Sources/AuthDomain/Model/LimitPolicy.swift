/// How often things may be tried.
package struct LimitPolicy: Sendable {
    /// Failed logins as one account: from a client that was logged in before, counted for it alone; from all others
    /// together. So nobody elsewhere can lock the owner out. The wait grows with every failure, so that patience finds
    /// no more passwords than haste.
    package var failedLoginsPerAccount = Rate(10, in: .seconds(900)).growingWithEvents(to: .seconds(86_400))
    /// Failed logins from one client, whatever the account that it was never logged in as. The wait grows with the
    /// windows that are used up and no sooner, since many people may be one client.
    package var failedLoginsPerClient = Rate(100, in: .seconds(300)).growingWhenUsedUp(to: .seconds(86_400))
    /// Sign-ups from one client.
    package var signUpsPerClient = Rate(100, in: .seconds(3_600))

    /// How long a client is remembered that was logged in as an account, or that had its owner's code.
    package var memory: Duration = .seconds(90 * 86_400)

    package init() {}
}
