/// How often things may be tried.
package struct LimitPolicy: Sendable {
    /// Failed logins as one account: from a client that was logged in before, counted for it alone; from all others
    /// together. So nobody elsewhere can lock the owner out.
    package var failedLoginsPerAccount = Rate(10, in: .seconds(900))
    /// Failed logins from one client, whatever the account.
    package var failedLoginsPerClient = Rate(100, in: .seconds(300))
    /// Sign-ups from one client.
    package var signUpsPerClient = Rate(100, in: .seconds(3_600))

    package init() {}
}
