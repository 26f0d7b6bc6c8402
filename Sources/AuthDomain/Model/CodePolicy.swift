/// The numbers of one-time codes.
package struct CodePolicy: Sendable {
    /// Decimal digits of a code.
    package var digits = 6
    /// How long a code is good for.
    package var lifetime: Duration = .seconds(600)
    /// Wrong tries that one code bears.
    package var attempts = 5
    /// Wrong tries that one address bears in a day, all codes together.
    package var attemptsPerDay = 10
    /// The least time between two codes for one address, or from one session.
    package var resendAfter: Duration = .seconds(60)
    /// Messages to one address in an hour.
    package var messagesPerHour = 5
    /// How much may be spent on the messages that carry them.
    package var spend = SpendPolicy()

    package init() {}
}
