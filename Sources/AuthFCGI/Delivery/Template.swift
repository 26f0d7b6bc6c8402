/// A text with places for values: `{{name}}`. Values are put in as they are; what they hold is not looked at again.
struct Template: Sendable {
    private enum Part: Sendable {
        case text(String)
        case place(String)
    }

    private let parts: [Part]

    /// Reads a template; `{{` without its `}}` is text.
    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            parts.append(.place(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        self.parts = rest.isEmpty ? parts : parts + [.text(String(rest))]
    }

    /// The names of its places.
    var places: Set<String> {
        Set(
            parts.compactMap { part in
                switch part {
                case .text: nil
                case .place(let name): name
                }
            })
    }

    /// The name of its place when it is nothing else.
    var onlyPlace: String? {
        guard parts.count == 1, case .place(let name) = parts.first else { return nil }
        return name
    }

    /// The text with its values; a place that has none stays empty.
    func filled(with values: [String: String]) -> String { filled(with: values) { $0 } }

    /// The text with its values as HTML has them (HTML Standard, 13.1.4): no value can be markup, nor the text itself when
    /// it is to be escaped too.
    func filledForHTML(with values: [String: String], escapingText: Bool = false) -> String {
        filled(with: values.mapValues(Self.escaped)) { escapingText ? Self.escaped($0) : $0 }
    }

    private func filled(with values: [String: String], _ body: (String) -> String) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let words): text += body(words)
            case .place(let name): text += values[name] ?? ""
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
