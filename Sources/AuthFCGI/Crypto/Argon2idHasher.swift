import AuthDomain

/// Passwords by Argon2id behind a gate. Hashes of other schemes are told by how their PHC string begins.
struct Argon2idHasher: PasswordHasher, Sendable {
    private let argon2id: Argon2id
    private let gate: HashGate
    /// What a password is compared with when there is no account: as costly as a real one.
    private let dummy: PasswordHash
    private var standAside: @Sendable () -> Void = {}

    /// - Parameters:
    ///   - memory: in octets; at least 8 KiB.
    ///   - passes: at least 1.
    /// - Throws: when the library refuses the parameters.
    init(memory: Int, passes: Int, gate: HashGate) throws(CryptoError) {
        argon2id = Argon2id(memory: memory, passes: passes)
        self.gate = gate
        dummy = try argon2id.nobodys()
    }

    /// The same, for a thread that has to call `standAside` before it waits for a hash.
    func standingAside(_ standAside: @escaping @Sendable () -> Void) -> Argon2idHasher {
        var hasher = self
        hasher.standAside = standAside
        return hasher
    }

    func hash(_ password: Password) throws(AuthError) -> PasswordHash {
        try gate.run(standingAside: standAside) { () throws(AuthError) in
            guard let hash = try? argon2id.hash(password.octets) else { throw .unavailable }
            return hash
        }
    }

    func verify(_ password: Password, against hash: PasswordHash?) throws(AuthError) -> Bool {
        try gate.run(standingAside: standAside) { () throws(AuthError) in
            do throws(CryptoError) {
                guard let hash, let scheme = PasswordScheme(hash) else {
                    _ = try Argon2id.isHash(dummy, of: password.octets)
                    return false
                }
                switch scheme {
                case .argon2id: return try Argon2id.isHash(hash, of: password.octets)
                }
            } catch {
                throw .unavailable
            }
        }
    }

    func needsUpgrade(_ hash: PasswordHash) -> Bool {
        guard let parameters = Argon2Parameters(hash) else { return true }
        return parameters.memory < argon2id.memory / 1024 || parameters.passes < argon2id.passes
    }
}
