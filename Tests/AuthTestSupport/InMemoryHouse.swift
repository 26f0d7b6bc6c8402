package import AuthDomain

/// A readiness that the test sets.
private struct SetReadiness: Readiness {
    let list: [String]

    init(faults: [String]) { list = faults }

    func faults() -> [String] { list }

    func backlog(at now: Timestamp) throws(AuthError) -> Backlog { Backlog(waiting: 0, oldest: nil) }
}

/// The domain with in-memory doubles for all that is outside, and a clock that the test sets.
package struct InMemoryHouse {
    package let store = InMemoryStore()
    package let random: SeededRandom
    package var hasher = CheapHasher()
    package var now = Timestamp(microseconds: 1_800_000_000_000_000)
    package var policy = Policy()
    package var faults: [String] = []
    package var client: ClientAddress?
    package let realm: Realm

    /// `realm` must be a realm's name.
    package init?(realm: String = "twake", seed: UInt64 = 1) {
        guard let realm = Realm(realm) else { return nil }
        self.realm = realm
        random = SeededRandom(seed: seed)
    }

    package var services: Services {
        Services(
            accounts: store, sessions: store, challenges: store, passwords: hasher, random: random,
            digester: PlainDigester(), limits: store, readiness: SetReadiness(faults: faults))
    }

    package var call: CallContext { CallContext(now: now, realm: realm, policy: policy, client: client) }

    /// Lets time pass.
    package mutating func wait(_ duration: Duration) { now = now + duration }

    /// Runs a use case now.
    package func run<U: UseCase>(_: U.Type, _ input: U.Input) throws(AuthError) -> U.Output {
        try U.run(input, in: call, with: services)
    }
}
