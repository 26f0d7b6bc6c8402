/// When texting to a range of numbers stops. Who is paid for texts asks for codes that nobody ever reads; people use
/// most of theirs.
package struct RangePolicy: Hashable, Sendable {
    /// Codes that a range of numbers gets before it is judged; 0: it never is.
    package var judgedAfter = 50
    /// Of a hundred codes so many must be used, else there are no more until the pause is over.
    package var usedPercent = 5
    /// For how long codes are counted together.
    package var window: Duration = .seconds(21_600)
    /// How long no code goes to a range that was found wanting. A few do then, and it is judged by those.
    package var pause: Duration = .seconds(3_600)

    package init() {}

    /// The same for a whole country: it is judged by ten times as many.
    package var ofCountry: RangePolicy {
        var policy = self
        policy.judgedAfter = judgedAfter * 10
        return policy
    }

    /// Codes that a range gets after a pause before it is judged again.
    package var probes: Int { max(1, judgedAfter / 10) }

    /// Whether a range that got so many codes, so many of which were used, gets no more. `isProbed`: it had a pause.
    package func stops(sent: Int, used: Int, isProbed: Bool) -> Bool {
        judgedAfter > 0 && sent >= (isProbed ? probes : judgedAfter) && used * 100 < sent * usedPercent
    }
}
