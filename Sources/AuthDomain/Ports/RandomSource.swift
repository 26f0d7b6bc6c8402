/// Unpredictable values.
package protocol RandomSource {
    /// So many random octets. `AuthError.unavailable` when the system gives none.
    func octets(_ count: Int) throws(AuthError) -> [UInt8]

    /// A uniformly random code. `AuthError.unavailable` when the system gives none.
    func code(digits: Int) throws(AuthError) -> OneTimeCode
}
