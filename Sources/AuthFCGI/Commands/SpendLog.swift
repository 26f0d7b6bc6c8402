import AuthDomain
import Logging

/// Tells whoever watches the service what messages cost: a line where something changes, a count for each refusal.
struct SpendLog {
    let log: RequestLog
    let scoreboard: Scoreboard

    /// Writes an event down.
    func write(_ event: SpendEvent) {
        switch event {
        case .budgetIsLow(let medium, let perDay):
            log.log(.warning, "four fifths of the day's messages have gone", Self.fields(medium, perDay))
        case .budgetIsSpent(let medium, let perDay):
            log.log(.error, "the last of the day's messages has gone", Self.fields(medium, perDay))
        case .refusedByBudget: scoreboard.count(.budgetRefusals)
        case .rangeStopped(let range, let sent, let used, let until):
            log.log(
                .warning, "texts to a range of numbers stop",
                [
                    "range": .string(range), "sent": .stringConvertible(sent), "used": .stringConvertible(used),
                    "until": .string(until.rfc3339),
                ])
        case .rangeProbed(let range):
            log.log(.warning, "a few texts go to a range of numbers again", ["range": .string(range)])
        case .rangeResumed(let range):
            log.log(.warning, "texts to a range of numbers go on", ["range": .string(range)])
        case .refusedByRange: scoreboard.count(.rangeRefusals)
        }
    }

    private static func fields(_ medium: Medium, _ perDay: Int) -> Logger.Metadata {
        ["medium": .string(medium.rawValue), "per_day": .stringConvertible(perDay)]
    }
}
