package import AuthDomain

/// A hasher that costs nothing and hides nothing: what a use case asks of it can be seen.
package struct CheapHasher: PasswordHasher {
    /// Part of each hash: a hash with another asks for an upgrade.
    package let generation: Int
    /// Whether it has no time for more hashes.
    package var isOverloaded = false

    package init(generation: Int = 1) {
        self.generation = generation
    }

    package func hash(_ password: Password) throws(AuthError) -> PasswordHash {
        if isOverloaded { throw .overloaded(retryAfter: .seconds(1)) }
        return PasswordHash(phc: "$cheap$\(generation)$\(Hexadecimal.text(password.octets))")
    }

    package func verify(_ password: Password, against hash: PasswordHash?) throws(AuthError) -> Bool {
        hash?.phc.hasSuffix("$\(Hexadecimal.text(password.octets))") ?? false
    }

    package func needsUpgrade(_ hash: PasswordHash) -> Bool {
        !hash.phc.hasPrefix("$cheap$\(generation)$")
    }
}
