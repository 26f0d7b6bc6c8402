/// Everything that is wrong with the configuration, in the order of its sources.
struct ConfigurationProblems: Error, Hashable, CustomStringConvertible {
    /// Never empty.
    let problems: [ConfigurationProblem]

    /// A problem a line.
    var description: String { problems.map(\.description).joined(separator: "\n") }
}
