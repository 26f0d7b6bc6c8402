/// What the use cases of one thread work with. Not `Sendable`: its stores hold that thread's database connection.
package struct Services {
    package let accounts: any AccountStore
    package let sessions: any SessionStore
    package let challenges: any ChallengeStore
    package let passwords: any PasswordHasher
    package let random: any RandomSource
    package let digester: any SessionDigester
    package let readiness: any Readiness

    package init(
        accounts: any AccountStore, sessions: any SessionStore, challenges: any ChallengeStore,
        passwords: any PasswordHasher, random: any RandomSource, digester: any SessionDigester,
        readiness: any Readiness
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.challenges = challenges
        self.passwords = passwords
        self.random = random
        self.digester = digester
        self.readiness = readiness
    }

    /// A fresh session: its secret for the holder, its record for the store.
    func newSession(in call: CallContext, lasting lifetime: Duration) throws(AuthError) -> (SessionSecret, NewSession) {
        guard let secret = SessionSecret(octets: try random.octets(SessionSecret.length)) else { throw .unavailable }
        let session = NewSession(
            digest: try digester.digest(secret), realm: call.realm, created: call.now, expires: call.now + lifetime)
        return (secret, session)
    }

    /// The digest of the secret that a request carries, if any.
    func digest(_ secret: SessionSecret?) throws(AuthError) -> SessionDigest? {
        guard let secret else { return nil }
        return try digester.digest(secret)
    }
}
