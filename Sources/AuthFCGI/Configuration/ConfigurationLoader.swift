import FoundationEssentials

/// Puts the sources of a configuration one over another and collects what is wrong with them.
struct ConfigurationLoader {
    typealias Place = ConfigurationProblem.Place

    /// Octets of a file.
    private static let limit = 1_048_576
    /// Variables of the service's tests and scripts, which are no keys.
    private static let otherVariables: Set<String> = ["AUTHFCGI_RACE_ROUNDS", "AUTHFCGI_BIN"]
    private static let otherVariablePrefix = "AUTHFCGI_TEST_"

    private(set) var configuration = Configuration()
    /// Complete lines for the operator.
    private(set) var warnings: [String] = []
    private(set) var problems: [ConfigurationProblem] = []
    /// Where each key that is set was set last, by its path.
    private(set) var places: [String: Place] = [:]
    private var firstSource = "configuration"

    /// Reads a file over what there is.
    mutating func apply(file path: String) {
        let octets: [UInt8]
        do throws(FileText.Fault) {
            octets = try FileText.octets(of: path, limit: Self.limit).octets
        } catch {
            problems.append(ConfigurationProblem(place: Place(source: path), message: error.message))
            return
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            let valid = String(decoding: octets, as: UTF8.self).utf8
            let line = zip(octets, valid).prefix { $0 == $1 }.count { $0.0 == 0x0A } + 1
            problems.append(ConfigurationProblem(place: Place(source: path, line: line), message: "not UTF-8"))
            return
        }
        apply(text: text, name: path)
    }

    /// Reads the drop-ins of a file over what there is.
    mutating func applyDropIns(besides path: String) {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let directory = parent + "authfcgi.d"
        guard FileManager.default.fileExists(atPath: directory) else { return }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            problems.append(ConfigurationProblem(place: Place(source: directory), message: "cannot be listed"))
            return
        }
        for name in names.sorted() where name.hasSuffix(".toml") && !name.hasPrefix(".") {
            apply(file: "\(directory)/\(name)")
        }
    }

    /// Reads a text over what there is.
    mutating func apply(text: String, name: String) {
        if places.isEmpty { firstSource = name }
        let document: TOMLDocument
        do throws(TOMLDocument.Fault) {
            document = try TOMLDocument(text)
        } catch {
            problems.append(ConfigurationProblem(place: Place(source: name, line: error.line), message: error.message))
            return
        }
        let earlier = problems.count
        apply(document.root, at: [], of: document, name: name)
        problems[earlier...].sort { ($0.place.line ?? 0, $0.description) < ($1.place.line ?? 0, $1.description) }
    }

    /// Reads the variables AUTHFCGI_SECTION_KEY over what there is.
    mutating func apply(environment: [String: String]) {
        let keys = Dictionary(Configuration.keys.map { ($0.variable, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("AUTHFCGI_") {
            if let key = keys[name] {
                set(key, to: key.value(ofVariable: text), at: Place(source: "environment \(name)"))
            } else if !Self.otherVariables.contains(name), !name.hasPrefix(Self.otherVariablePrefix) {
                let hint = Spelling.nearest(name, among: Array(keys.keys)).map { #"; did you mean "\#($0)"?"# } ?? ""
                warnings.append("environment \(name): no such key\(hint)")
            }
        }
    }

    /// The configuration, when nothing is wrong with it.
    mutating func finish() throws(ConfigurationProblems) -> Configuration {
        if problems.isEmpty {
            for finding in configuration.findings {
                let key = finding.path
                let place = places[key] ?? Place(source: firstSource)
                let problem = ConfigurationProblem(
                    place: place, subject: Self.subject(key), message: finding.message)
                if finding.isWarning { warnings.append(problem.description) } else { problems.append(problem) }
            }
        }
        guard problems.isEmpty else { throw ConfigurationProblems(problems: problems) }
        warnings += Configuration.notYetInForce(in: configuration, set: places)
        return configuration
    }

    /// Sets a key by its path, from no source that a message could name.
    mutating func set(credential: String, forKey path: String) {
        guard let key = Configuration.keys.first(where: { $0.path == path }) else { return }
        set(key, to: .text(credential), at: Place(source: "systemd credential \(credential)"))
    }

    /// "[otp] digits" of "otp.digits".
    static func subject(_ path: String) -> String {
        guard let dot = path.lastIndex(of: ".") else { return path }
        return "[\(path[..<dot])] \(path[dot...].dropFirst())"
    }

    private mutating func apply(
        _ nodes: [String: TOMLDocument.Node], at path: [String], of document: TOMLDocument, name: String
    ) {
        for (part, node) in nodes {
            let inner = path + [part]
            let full = inner.joined(separator: ".")
            let place = Place(source: name, line: document.line(of: inner))
            let isTable = Configuration.sections.contains { $0 == full || $0.hasPrefix(full + ".") }
            let key = Configuration.keys.first { $0.section == path.joined(separator: ".") && $0.name == part }
            switch (node, key) {
            case (.value(let value), let key?): set(key, to: value, at: place)
            case (.table, let key?): set(key, to: .other("table"), at: place)
            case (.table(let nodes), nil) where isTable: apply(nodes, at: inner, of: document, name: name)
            case (.value, nil) where isTable:
                add("is a section, not a key; accepted: [\(full)] and keys below it", "[\(full)]", place)
            case (.table, nil):
                let near = Spelling.nearest(full, among: Configuration.sections)
                add("no such section" + (near.map { "; did you mean [\($0)]?" } ?? ""), "[\(full)]", place)
            case (.value, nil):
                let section = path.joined(separator: ".")
                add("no such key" + Self.hint(part, in: section), section.isEmpty ? part : Self.subject(full), place)
            }
        }
    }

    private static func hint(_ name: String, in section: String) -> String {
        let names = Configuration.keys.filter { $0.section == section }.map(\.name)
        if let near = Spelling.nearest(name, among: names) { return #"; did you mean "\#(near)"?"# }
        let elsewhere = Configuration.keys.filter { $0.name == name }
        guard elsewhere.count == 1, let key = elsewhere.first else { return "" }
        return "; did you mean it in [\(key.section)]?"
    }

    private mutating func set(_ key: ConfigurationKey, to value: ConfigurationValue, at place: Place) {
        places[key.path] = place
        if let complaint = key.set(value, in: &configuration) {
            add(complaint, Self.subject(key.path), place)
        }
    }

    private mutating func add(_ message: String, _ subject: String, _ place: Place) {
        problems.append(ConfigurationProblem(place: place, subject: subject, message: message))
    }
}
