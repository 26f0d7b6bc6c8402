extension Configuration {
    /// The whole configuration in TOML. `load(text:)` reads it back to an equal one.
    var rendered: String {
        lines { key in "\(key.name) = \(key.value(in: self).literal)" }
    }

    /// The same for a person: aligned, and defaults are marked. There are no secrets in it, only their paths.
    var shown: String {
        let standard = Configuration()
        return lines { key in
            let value = key.value(in: self)
            let line =
                key.name + String(repeating: " ", count: max(0, 20 - key.name.utf8.count)) + " = \(value.literal)"
            return value == key.value(in: standard) ? line + "  # default" : line
        }
    }

    /// Every key with its default and what it is for: the reference of the file, and a file that changes nothing.
    static var reference: String {
        let standard = Configuration()
        return standard.lines { key in
            "# \(key.summary)\n# accepted: \(key.accepted)\n# \(key.name) = \(key.value(in: standard).literal)\n"
        }
    }

    private func lines(_ line: (ConfigurationKey) -> String) -> String {
        Self.sections.map { section in
            (["[\(section)]"] + Self.keys.filter { $0.section == section }.map(line)).joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n"
    }
}
