/// Why a token is not taken.
enum TokenError: Error, Equatable {
    /// It is none of ours, or not for this use.
    case invalid
    /// It was ours and for this use, but is over.
    case expired
}
