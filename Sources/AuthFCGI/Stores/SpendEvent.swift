import AuthDomain

/// What becomes of the limits on messages: for logs and metrics.
enum SpendEvent: Equatable, Sendable {
    /// Four fifths of a day's messages have gone.
    case budgetIsLow(Medium, perDay: Int)
    /// The last of a day's messages has gone.
    case budgetIsSpent(Medium, perDay: Int)
    /// A message was refused, since the day's have gone.
    case refusedByBudget(Medium)
    /// Texts to a range of numbers have stopped: hardly any code sent there was used.
    case rangeStopped(String, sent: Int, used: Int, until: Timestamp)
    /// The pause is over: a few codes go to the range.
    case rangeProbed(String)
    /// Codes are used again: texts go on.
    case rangeResumed(String)
    /// A text was refused, since those to its range have stopped.
    case refusedByRange
}
