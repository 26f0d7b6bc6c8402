import FoundationEssentials
import Logging
import Testing

@testable import AuthFCGI

/// One event is one line, whatever is in it.
struct LoggingLineTests {
    private static let time = LogTime(seconds: 1_767_225_600, milliseconds: 7)
    private static let nasty: [String] = [
        "", " ", "a b", "a=b", "\"", "\\", "\n", "\r\n", "\t", "x\nlevel=error msg=forged", "\" rid=forged x=\"",
        "\u{0}",
        "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{2028}", "\u{2029}", "\u{202E}evil", "\u{200B}", "\u{FEFF}",
        "é",
        "日本", "🙂", "\u{FFFD}", "\\n", "\\\"", "{}", "[]", "'", "<3>",
        String(decoding: [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x0A, 0xF0, 0x9F], as: UTF8.self),
        String(repeating: "x", count: 10_000), String(repeating: "\n", count: 10_000),
        String(repeating: "🙂", count: 5000),
    ]

    /// The fields of a logfmt line, read by a parser of the tests' own; nil for what is none.
    static func logfmt(_ line: String) -> [(String, String)]? {
        var rest = ArraySlice(line.utf8)
        var fields: [(String, String)] = []
        while !rest.isEmpty {
            let name = rest.prefix { ![0x3D, 0x20, 0x22].contains($0) }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.popFirst() == 0x3D else { return nil }
            var value: [UInt8] = []
            if rest.first == 0x22 {
                repeat {
                    guard let octet = rest.popFirst() else { return nil }
                    value.append(octet)
                    if octet == 0x5C { value.append(rest.popFirst() ?? 0) }
                } while rest.first != 0x22
                value.append(rest.removeFirst())
                guard let text = try? JSONDecoder().decode(String.self, from: Data(value)) else { return nil }
                fields.append((String(decoding: name, as: UTF8.self), text))
            } else {
                value = Array(rest.prefix { $0 != 0x20 })
                guard !value.contains(0x22) else { return nil }
                rest = rest.dropFirst(value.count)
                fields.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
            }
            guard rest.isEmpty || rest.popFirst() == 0x20 else { return nil }
        }
        return fields
    }

    private static func line(_ format: Configuration.Log.Format, _ message: String, _ value: String) throws -> String {
        let octets = LogLine(format: format, isForJournal: false).octets(
            at: time, .warning, message, [("rid", .text("r1")), ("value", .text(value)), ("last", .integer(-7))])
        #expect(octets.count <= LogLine.limit)
        #expect(octets.count { $0 == 0x0A } == 1)
        #expect(octets.last == 0x0A)
        #expect(!octets.dropLast().contains { $0 < 0x20 || $0 == 0x7F })
        return try #require(String(validating: octets.dropLast(), as: UTF8.self))
    }

    private static func check(_ shown: String?, _ text: String) {
        if text.utf8.count * 6 < LogEscape.longestValue {
            #expect(shown == text)
        } else {
            #expect(shown?.hasSuffix("…") == true || shown == text)
        }
    }

    @Test func `logfmt gives back each value, and no other field`() throws {
        for message in Self.nasty {
            for value in Self.nasty {
                let fields = try #require(Self.logfmt(try Self.line(.logfmt, message, value)))
                #expect(fields.map(\.0) == ["time", "level", "msg", "rid", "value", "last"])
                Self.check(fields.first { $0.0 == "msg" }?.1, message)
                Self.check(fields.first { $0.0 == "value" }?.1, value)
            }
        }
    }

    private struct Line: Decodable {
        let time: String
        let level: String
        let msg: String
        let rid: String
        let value: String
        let last: Int
    }

    @Test func `JSON gives back each value, and no other field`() throws {
        for message in Self.nasty {
            for value in Self.nasty {
                let data = Data(try Self.line(.json, message, value).utf8)
                let line = try JSONDecoder().decode(Line.self, from: data)
                #expect(line.time == "2026-01-01T00:00:00.007Z" && line.level == "warning" && line.rid == "r1")
                #expect(line.last == -7)
                #expect(try JSONDecoder().decode([String: Anything].self, from: data).count == 6)
                Self.check(line.msg, message)
                Self.check(line.value, value)
            }
        }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    @Test func `random values come back from both`() throws {
        var random = SplitMix(state: 11)
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let limit: UInt32 = [0x20, 0x7F, 0x100, 0x3000, 0x10FFFF].randomElement(using: &random) ?? 0x7F
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            let fields = try #require(Self.logfmt(try Self.line(.logfmt, "m", text)))
            #expect(fields.first { $0.0 == "value" }?.1.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
            let line = try JSONDecoder().decode(Line.self, from: Data(try Self.line(.json, "m", text).utf8))
            #expect(line.value.unicodeScalars.elementsEqual(text.unicodeScalars))
        }
    }

    @Test(arguments: [Configuration.Log.Format.logfmt, .json])
    func `too many fields are cut off, and the line says so`(format: Configuration.Log.Format) throws {
        let fields = (0..<500).map {
            (name: "field\($0)", value: LogLine.Value.text(String(repeating: "v", count: 300)))
        }
        let octets = LogLine(format: format, isForJournal: true).octets(at: Self.time, .info, "m", fields)
        #expect(octets.count <= LogLine.limit)
        let text = String(decoding: octets, as: UTF8.self)
        #expect(text.hasSuffix(format == .json ? #","truncated":true}"# + "\n" : " truncated=true\n"))
    }

    @Test func `a field cannot take the line's own names, nor another's`() {
        let octets = LogLine(format: .logfmt, isForJournal: true).octets(
            at: Self.time, .info, "m",
            [("level", .text("a")), ("a b", .text("c")), ("a_b", .text("d")), ("", .boolean(true))])
        #expect(String(decoding: octets, as: UTF8.self) == "<6>level=info msg=m _level=a a_b=c _a_b=d _=true\n")
    }

    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_400, 1, "2000-02-29T00:00:00.001Z"),
        (1_767_225_599, 999, "2025-12-31T23:59:59.999Z"), (4_102_444_800, 50, "2100-01-01T00:00:00.050Z"),
    ])
    func `a time is RFC 3339 in UTC`(seconds: Int, milliseconds: Int, text: String) {
        #expect(LogTime(seconds: seconds, milliseconds: milliseconds).text == text)
    }
}
