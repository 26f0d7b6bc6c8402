extension Configuration {
    /// Keys that are read and checked and that nothing heeds yet: a key, a section ("limits.*"), or a key with the
    /// one value that is meant ("mail.transport=smtp").
    static let notYetInForce: Set<String> = []

    /// A warning for each key that was set and is not in force.
    static func notYetInForce(
        in configuration: Configuration, set places: [String: ConfigurationProblem.Place]
    ) -> [String] {
        keys.compactMap { key in
            guard let place = places[key.path] else { return nil }
            var names = [key.path, key.section + ".*"]
            if case .text(let value) = key.value(in: configuration) { names.append("\(key.path)=\(value)") }
            guard names.contains(where: notYetInForce.contains) else { return nil }
            return "\(place): [\(key.section)] \(key.name): accepted, but without effect in this version"
        }
    }
}
