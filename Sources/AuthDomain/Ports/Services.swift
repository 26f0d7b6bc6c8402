/// What the use cases of one thread work with. Not `Sendable`: its stores hold that thread's database connection.
package struct Services {
    package let accounts: any AccountStore
    package let sessions: any SessionStore
    package let challenges: any ChallengeStore
    package let passwords: any PasswordHasher
    package let random: any RandomSource
    package let digester: any SessionDigester
    package let limits: any RateLimiter
    package let readiness: any Readiness

    package init(
        accounts: any AccountStore, sessions: any SessionStore, challenges: any ChallengeStore,
        passwords: any PasswordHasher, random: any RandomSource, digester: any SessionDigester,
        limits: any RateLimiter, readiness: any Readiness
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.challenges = challenges
        self.passwords = passwords
        self.random = random
        self.digester = digester
        self.limits = limits
        self.readiness = readiness
    }
}
