/// On which lines the keys of a TOML text stand: the library that reads TOML does not tell.
///
/// The text has been found to be TOML before; of anything else the result may be wrong, but there is one.
struct TOMLKeyLines {
    private var lines: [[String]: Int] = [:]

    /// Scans a text.
    init(_ text: String) {
        var scanner = Scanner(octets: Array(text.utf8)[...])
        scanner.document()
        lines = scanner.lines
    }

    /// The first line of a key or a table.
    subscript(path: [String]) -> Int? { lines[path] }

    /// Walks over the octets once. Every loop takes at least one octet or ends.
    private struct Scanner {
        var octets: ArraySlice<UInt8>
        var line = 1
        var lines: [[String]: Int] = [:]

        mutating func document() {
            var table: [String] = []
            while let octet = octets.first {
                switch octet {
                case 0x20, 0x09, 0x0D, 0x0A: take()
                case 0x23: skipLine()
                case 0x5B:
                    take()
                    if octets.first == 0x5B { take() }
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

        /// A value, up to the end of its line or to the comma or bracket that ends it.
        private mutating func value(at path: [String], depth: Int) {
            var brackets = 0
            while let octet = octets.first {
                switch octet {
                case 0x22, 0x27: _ = string(octet)
                case 0x23: skipLine()
                case 0x5B:
                    brackets += 1
                    take()
                case 0x5D where brackets > 0:
                    brackets -= 1
                    take()
                case 0x7B where brackets == 0 && depth < 16:
                    take()
                    inlineTable(at: path, depth: depth + 1)
                case 0x0A where brackets == 0: return
                case 0x2C, 0x7D, 0x5D:
                    if brackets == 0, depth > 0 { return }
                    take()
                default: take()
                }
            }
        }

        private mutating func inlineTable(at path: [String], depth: Int) {
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

        /// A text with its quotes, one or three of them. Returns what is between, escapes as they stand.
        private mutating func string(_ quote: UInt8) -> [UInt8] {
            let isLong = octets.count > 2 && octets.prefix(3).allSatisfy { $0 == quote }
            let end = [UInt8](repeating: quote, count: isLong ? 3 : 1)
            for _ in end { take() }
            var content: [UInt8] = []
            while let octet = octets.first {
                if octets.starts(with: end) {
                    for _ in end { take() }
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

        private mutating func skipLine() {
            while let octet = octets.first, octet != 0x0A { take() }
        }

        private mutating func take() {
            if octets.popFirst() == 0x0A { line += 1 }
        }

        private mutating func note(_ path: [String], _ line: Int) {
            for count in 1..<(path.count + 1) where lines[Array(path.prefix(count))] == nil {
                lines[Array(path.prefix(count))] = line
            }
        }
    }
}
