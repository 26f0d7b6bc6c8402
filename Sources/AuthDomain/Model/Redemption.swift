/// What a right code brings about, in the same instant in which it is used up.
package enum Redemption: Sendable {
    /// Its address is proven in the registration session.
    case proof
    /// The account that waited for it is made, and its owner is logged in. An account that has the address and does not own
    /// it loses it.
    case activation(NewSession)
    /// An account is made, its address proven, and its owner is logged in.
    case account(NewAccount, NewSession)
    /// Its address is proven to be the account's.
    case verification(AccountID)
    /// The account gets a new password, everything that was issued to it ends, its clients are forgotten, and its owner is
    /// told, if so.
    case password(AccountID, PasswordHash, telling: Message?)
    /// A grant begins by which the account can get a new password.
    case grant(AccountID, NewSession)
    /// Nothing: the code was for nobody.
    case nothing

    /// The message that goes out with it.
    package var message: Message? {
        switch self {
        case .password(_, _, let message): message
        case .proof, .activation, .account, .verification, .grant, .nothing: nil
        }
    }
}
