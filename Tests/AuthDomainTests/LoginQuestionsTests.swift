import AuthDomain
import AuthTestSupport
import Synchronization
import Testing

/// What a login asks the limits, which takes time that a client can measure.
@Suite struct LoginQuestionsTests {
    /// Limits that count how often they are asked for a client.
    private final class Asked: RateLimiter {
        let store: InMemoryStore
        let times = Mutex(0)

        init(_ store: InMemoryStore) { self.store = store }

        func take(_ budgets: [Budget], at now: Timestamp) throws(AuthError) { try store.take(budgets, at: now) }

        func giveBack(_ budgets: [Budget], forgetting: [Budget]) throws(AuthError) {
            try store.giveBack(budgets, forgetting: forgetting)
        }

        func knows(_ client: ClientAddress, as account: AccountID, at now: Timestamp) throws(AuthError) -> Timestamp? {
            times.withLock { $0 += 1 }
            return try store.knows(client, as: account, at: now)
        }

        func knowsAny(as account: AccountID, at now: Timestamp) throws(AuthError) -> Bool {
            try store.knowsAny(as: account, at: now)
        }

        func remember(_ known: KnownClient) throws(AuthError) { try store.remember(known) }
    }

    @Test(arguments: [true, false])
    func `where it must not be told who has an account nobody's is asked for as well`(revealing: Bool) throws {
        var house = try #require(InMemoryHouse(realm: "contacts"))
        _ = try house.create("ada@example.com")
        house.client = ClientAddress(octets: [192, 0, 2, 1])
        house.policy.revealsAccounts = revealing
        let usual = house.services
        let limits = Asked(house.store)
        let services = Services(
            accounts: usual.accounts, sessions: usual.sessions, challenges: usual.challenges,
            passwords: usual.passwords,
            random: usual.random, digester: usual.digester, limits: limits, readiness: usual.readiness)
        var asked: [Int] = []
        for email in ["ada@example.com", "nobody@example.com"] {
            let before = limits.times.withLock(\.self)
            let input = LogIn.Input(
                identifiers: AccountIdentifier.readings(ofLogin: email), password: Password("wrong words"))
            #expect(throws: AuthError.self) { try LogIn.run(input, in: house.call, with: services) }
            asked.append(limits.times.withLock(\.self) - before)
        }
        #expect(asked == [1, revealing ? 0 : 1])
    }
}
