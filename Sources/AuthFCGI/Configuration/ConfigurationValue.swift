/// A value as TOML or the environment gives it, not yet judged.
enum ConfigurationValue: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case list([ConfigurationValue])
    /// What no key takes: a table, a date, a number with a fraction. Holds the type's name.
    case other(String)

    /// The value in TOML (1.0.0). `other` has none and becomes an empty text.
    var literal: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let number): "\(number)"
        case .boolean(let truth): truth ? "true" : "false"
        case .list(let values): "[" + values.map(\.literal).joined(separator: ", ") + "]"
        case .other: #""""#
        }
    }

    /// What the value is, with its article, for a person.
    var kind: String {
        switch self {
        case .text: "a text"
        case .integer: "an integer"
        case .boolean: "a boolean"
        case .list: "a list"
        case .other(let name): "a \(name)"
        }
    }

    /// A basic string: TOML 1.0.0, "String".
    private static func quoted(_ text: String) -> String {
        var quoted = #"""#
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += #"\""#
            case "\\": quoted += #"\\"#
            case "\n": quoted += #"\n"#
            case "\r": quoted += #"\r"#
            case "\t": quoted += #"\t"#
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += #"\u"# + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + #"""#
    }
}
