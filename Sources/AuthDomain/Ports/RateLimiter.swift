/// Counts what may happen only so often, the same on every host. `AuthError.unavailable` when the store is.
package protocol RateLimiter {
    /// Counts one event in each budget, or in none. Of parallel calls no more pass than the budgets have.
    ///
    /// - Throws: `.tooManyRequests` when one of them is used up, with the time until all have something again.
    func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError)

    /// Takes one event of each back: it turned out to be none. In the budgets of `forgetting`, which may be others,
    /// everything is forgotten that happened before, and how long windows have become.
    func giveBack(_ budgets: [Budget], forgetting: [Budget]) throws(AuthError)

    /// Until when it is remembered that the client was logged in as the account; nil when it is not.
    func knows(_ client: ClientAddress, as account: AccountID, at now: Timestamp) throws(AuthError) -> Timestamp?

    /// Whether any client was logged in as the account before.
    func knowsAny(as account: AccountID, at now: Timestamp) throws(AuthError) -> Bool

    /// Remembers that the client was logged in as the account.
    func remember(_ known: KnownClient) throws(AuthError)
}
