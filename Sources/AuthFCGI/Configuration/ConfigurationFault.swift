/// Why a value is not accepted for a key.
enum ConfigurationFault: Error, Equatable {
    /// A text where a number is wanted, and the like.
    case wrongKind
    case outOfRange
    /// A text that cannot be read as what it should be, which is named: "duration".
    case malformed(String)
    /// An element of a list, counted from 1.
    case element(Int)
    case tooFew
    case tooMany
}
