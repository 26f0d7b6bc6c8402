/// By what a told code is found.
package enum CodeHolder: Sendable {
    /// The registration session in which it was asked for.
    case session(SessionDigest)
    /// The address to which it was sent.
    case address(Address)
}
