/// On which lines the keys of a TOML text stand: the library that reads TOML does not tell.
///
/// Of a text that is no TOML the result may be wrong, but there is one.
struct TOMLKeyLines {
    private let lines: [[String]: Int]
    /// The first fault that the library cannot cope with; nil when there is none. Up to the first fault of a text this
    /// scan agrees with TOML, so that none is missed.
    let fault: TOMLDocument.Fault?

    /// Scans a text.
    init(_ text: String) {
        let octets = Array(text.utf8)
        var scanner = Scanner(octets: octets.starts(with: [0xEF, 0xBB, 0xBF]) ? octets.dropFirst(3) : octets[...])
        scanner.document()
        lines = scanner.lines
        fault = scanner.fault
    }

    /// The first line of a key or a table.
    subscript(path: [String]) -> Int? { lines[path] }

    /// Walks over the octets once. Every loop takes at least one octet or ends.
    private struct Scanner {
        var octets: ArraySlice<UInt8>
        var line = 1
        var lines: [[String]: Int] = [:]
        var fault: TOMLDocument.Fault?
        /// Arrays and inline tables within each other.
        private static let deepest = 16

        init(octets: ArraySlice<UInt8>) { self.octets = octets }

        mutating func document() {
            var table: [String] = []
            while let octet = octets.first {
                switch octet {
                case 0x20, 0x09, 0x0D, 0x0A: take()
                case 0x23: skipLine()
                case 0x5B:
                    take()
                    if octets.first == 0x5B { take() }
                    skipBlanks()
                    if octets.first.map(Self.beginsKey) != true { stop("a header without a key") }
                    table = key()
                    note(table, line)
                    skipLine()
                default: assignment(in: table, depth: 0)
                }
            }
        }

        /// `key = value`; takes an octet at least.
        private mutating func assignment(in table: [String], depth: Int) {
            let start = line
            let path = table + key()
            note(path, start)
            if octets.first == 0x3D {
                take()
                value(at: path, depth: depth)
            } else {
                take()
            }
        }

        /// A dotted key: up to what cannot be part of one.
        private mutating func key() -> [String] {
            var parts: [String] = []
            var part: [UInt8] = []
            while let octet = octets.first {
                switch octet {
                case 0x20, 0x09: take()
                case 0x2E:
                    take()
                    parts.append(String(decoding: part, as: UTF8.self))
                    part = []
                case 0x22, 0x27: part += string(octet)
                case 0x3D, 0x5D, 0x0A, 0x0D, 0x23, 0x2C, 0x7D: return parts + [String(decoding: part, as: UTF8.self)]
                default:
                    part.append(octet)
                    take()
                }
            }
            return parts + [String(decoding: part, as: UTF8.self)]
        }

        /// A value, up to what follows it.
        private mutating func value(at path: [String], depth: Int) {
            skipBlanks()
            switch octets.first {
            case 0x22?: _ = string(0x22)
            case 0x27?: _ = string(0x27)
            case 0x5B? where depth < Self.deepest: array(at: path, depth: depth + 1)
            case 0x7B? where depth < Self.deepest: inlineTable(at: path, depth: depth + 1)
            case 0x5B?, 0x7B?: stop("too many lists and tables within each other")
            case .some(let octet)
            where ConfigurationForm<String>.isAlphanumeric(octet) || octet == 0x2B || octet == 0x2D:
                while let octet = octets.first, ![0x0A, 0x23, 0x2C, 0x5D, 0x7D].contains(octet) { take() }
            default: stop("no value where one is wanted")
            }
        }

        private mutating func array(at path: [String], depth: Int) {
            take()
            while let octet = octets.first {
                switch octet {
                case 0x5D:
                    take()
                    return
                case 0x20, 0x09, 0x0D, 0x0A, 0x2C: take()
                case 0x23: skipLine()
                default: value(at: path, depth: depth)
                }
            }
        }

        private mutating func inlineTable(at path: [String], depth: Int) {
            take()
            while let octet = octets.first {
                switch octet {
                case 0x7D:
                    take()
                    return
                case 0x0A: return
                case 0x20, 0x09, 0x2C, 0x0D: take()
                default: assignment(in: path, depth: depth)
                }
            }
        }

        /// Ends the scan.
        private mutating func stop(_ message: String) {
            fault = fault ?? TOMLDocument.Fault(line: line, message: "not TOML: " + message)
            octets = []
        }

        private mutating func skipBlanks() {
            while octets.first == 0x20 || octets.first == 0x09 { take() }
        }

        /// A text with its quotes, one or three of them. Returns what is between, escapes as they stand.
        private mutating func string(_ quote: UInt8) -> [UInt8] {
            let isLong = octets.count > 2 && octets.prefix(3).allSatisfy { $0 == quote }
            let end = [UInt8](repeating: quote, count: isLong ? 3 : 1)
            for _ in end { take() }
            var content: [UInt8] = []
            while let octet = octets.first {
                if octets.starts(with: end) {
                    for _ in end { take() }
                    // A long text may end with one or two quotes of its own.
                    while isLong, octets.first == quote { take() }
                    return content
                }
                if octet == 0x0A, !isLong { return content }
                if octet == 0x5C, quote == 0x22 {
                    content.append(octet)
                    take()
                    guard let next = octets.first else { return content }
                    content.append(next)
                } else {
                    content.append(octet)
                }
                take()
            }
            return content
        }

        private static func beginsKey(_ octet: UInt8) -> Bool {
            ConfigurationForm<String>.isAlphanumeric(octet) || [0x2D, 0x5F, 0x22, 0x27].contains(octet)
        }

        private mutating func skipLine() {
            while let octet = octets.first, octet != 0x0A { take() }
        }

        private mutating func take() {
            if octets.popFirst() == 0x0A { line += 1 }
        }

        private mutating func note(_ path: [String], _ line: Int) {
            // No key of the configuration lies deeper.
            let path = path.prefix(4)
            for count in 1..<(path.count + 1) where lines[Array(path.prefix(count))] == nil {
                lines[Array(path.prefix(count))] = line
            }
        }
    }
}
