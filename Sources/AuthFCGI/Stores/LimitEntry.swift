import AuthDomain

/// A counter as an administrator sees it.
struct LimitEntry: Sendable {
    /// Where it is kept.
    enum Place: Hashable, Sendable {
        case counter(RateCounter.Name, subject: String)
        /// The wrong tries of a code.
        case code(realm: String, purpose: String, target: String)
        /// The time between two codes: it passes, and nothing is kept.
        case interval
    }

    /// Who has it to themselves.
    enum Owner: Sendable {
        case subject
        /// A range of numbers or a country.
        case range
        /// Everybody.
        case everybody
    }

    let place: Place
    /// What is counted, in a word.
    let name: String
    let realm: String?
    /// Whose events.
    let whom: String
    let count: Int
    let limit: Int
    /// When the present window ends.
    let until: Timestamp
    /// Whether what is counted is refused now.
    let isRefused: Bool
    /// What is counted, in a sentence.
    let meaning: String
    var owner = Owner.subject
    /// How long windows have become, where they grow.
    var window: Duration?
}
