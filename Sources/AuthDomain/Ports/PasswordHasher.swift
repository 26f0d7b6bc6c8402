/// Slow, salted password hashing behind a gate: few run at once, some wait, the rest is refused.
package protocol PasswordHasher {
    /// The password's hash with a fresh salt.
    ///
    /// - Throws: `.overloaded` when the queue is full.
    func hash(_ password: Password) throws(AuthError) -> PasswordHash

    /// Whether the hash is this password's. With no hash it takes as long, and says no.
    ///
    /// - Throws: `.overloaded` when the queue is full.
    func verify(_ password: Password, against hash: PasswordHash?) throws(AuthError) -> Bool

    /// Whether the hash was made with less than today's parameters.
    func needsUpgrade(_ hash: PasswordHash) -> Bool
}
