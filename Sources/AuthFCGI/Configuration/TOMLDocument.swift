import TOMLKit

/// A TOML text, read: what its keys hold and on which lines they stand.
struct TOMLDocument {
    /// Why a text is no TOML.
    struct Fault: Error {
        let line: Int?
        let message: String
    }

    /// A table or a value.
    enum Node {
        case table([String: Node])
        case value(ConfigurationValue)
    }

    /// Octets of a line. The library's work on a dotted key is recursive; a line of any use is far shorter.
    private static let longestLine = 4096
    /// Tables within tables. No key of the configuration lies deeper than 3.
    private static let deepest = 8

    let root: [String: Node]
    private let lines: TOMLKeyLines

    /// Reads a text.
    init(_ text: String) throws(Fault) {
        var line = 1
        var start = text.utf8.startIndex
        for index in text.utf8.indices where text.utf8[index] == 0x0A {
            try Self.check(text.utf8[start..<index], line)
            start = text.utf8.index(after: index)
            line += 1
        }
        try Self.check(text.utf8[start...], line)
        lines = TOMLKeyLines(text)
        if let fault = lines.fault { throw fault }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            throw Fault(line: line > 0 ? line : nil, message: "not TOML: " + Self.printable(error.description))
        } catch {
            throw Fault(line: nil, message: "not TOML")
        }
        root = Self.nodes(of: table, depth: 0)
    }

    /// The line of a key or a table's header; nil when it is not found.
    func line(of path: [String]) -> Int? { lines[path] }

    /// Texts reach the library as C strings, so what would end one is refused before.
    private static func check(_ octets: Substring.UTF8View, _ line: Int) throws(Fault) {
        if octets.count > longestLine {
            throw Fault(line: line, message: "the line is too long; accepted: at most \(longestLine) octets")
        }
        let text = Substring(octets)
        if octets.contains(0) || text.contains(#"\u0000"#) || text.contains(#"\U00000000"#) {
            throw Fault(line: line, message: "a NUL character; accepted: any other")
        }
    }

    private static func nodes(of table: TOMLTable, depth: Int) -> [String: Node] {
        var nodes: [String: Node] = [:]
        for key in table.keys {
            guard let value = table[key] else { continue }
            if let inner = value.table {
                nodes[key] = depth < deepest ? .table(Self.nodes(of: inner, depth: depth + 1)) : .table([:])
            } else {
                nodes[key] = .value(Self.value(of: value))
            }
        }
        return nodes
    }

    private static func value(of node: any TOMLValueConvertible) -> ConfigurationValue {
        switch node.type {
        case .string: node.string.map(ConfigurationValue.text) ?? .other("text")
        case .int: node.int.map(ConfigurationValue.integer) ?? .other("number")
        case .bool: node.bool.map(ConfigurationValue.boolean) ?? .other("boolean")
        case .array:
            .list(
                (node.array.map(Array.init) ?? []).map { element in
                    element.type == .array ? .other("list") : value(of: element)
                })
        case .table: .other("table")
        case .double: .other("number with a fraction")
        case .date, .time, .dateTime: .other("date or time")
        }
    }

    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : Character($0) })
    }
}
