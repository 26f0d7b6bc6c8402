/// A text with places for values: `{{name}}`. Values are put in as they are; what they hold is not looked at again.
struct Template: Sendable {
    private enum Part: Sendable {
        case text(Substring)
        case place(Substring)
    }

    private let parts: [Part]

    /// Reads a template; `{{` without its `}}` is text.
    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            parts.append(.text(rest[..<open.lowerBound]))
            parts.append(.place(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        self.parts = parts + [.text(rest)]
    }

    /// The text with its values; a place that has none stays empty.
    func filled(with values: [String: String]) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let words): text += words
            case .place(let name): text += values[String(name)] ?? ""
            }
        }
    }

    /// The text with its values as HTML has them (HTML Standard, 13.1.4): no value can be markup.
    func filledForHTML(with values: [String: String]) -> String {
        filled(with: values.mapValues(Self.escaped))
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }
}
