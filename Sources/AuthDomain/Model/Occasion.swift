/// Why a code is sent, and what comes into being with it.
package enum Occasion: Sendable {
    /// Somebody registers: a registration session begins, which alone may tell the code, and takes the place of the
    /// one that the request carried.
    case registration(NewSession, replacing: SessionDigest?)
    /// An account waits for the proof of its address, in place of any that waited for the same; the session remembers
    /// whose code it is. A shadow waits for nothing: it is written down as one whose time is over.
    case pendingAccount(NewAccount, NewSession)
    /// An account is made whose address is to be proven later, and its owner is logged in.
    case account(NewAccount, NewSession)
    /// A code for somebody known.
    case again
    /// Nobody is known by this address: everything happens as if, and nothing is sent.
    case nobody
}
