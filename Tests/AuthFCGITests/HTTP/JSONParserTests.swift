import CSystem
import Glibc
import Testing

@testable import AuthFCGI

@Suite struct JSONParserTests {
    private func parsed(_ text: String) -> JSONValue? { try? JSONParser.parse(Array(text.utf8)) }

    private static let none = JSONValue.object(JSONObject(members: []))
    private static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(JSONObject(members: members.map { JSONObject.Member(name: $0.key, value: $0.value) }))
    }

    static let readable: [(String, JSONValue)] = [
        ("null", JSONValue.null), ("true", .bool(true)), (" false\t\r\n", .bool(false)), (#""""#, ""),
        ("[]", .array([])), ("{}", none),
        ("0", .number("0")), ("-0", .number("-0")), ("-12.50e+3", .number("-12.50e+3")), ("1E400", .number("1E400")),
        ("12345678901234567890123", .number("12345678901234567890123")),
        (#"[1, "a" ,null]"#, .array([.number("1"), .string("a"), .null])),
        (#"{"a":{"b":[true]},"":"x"}"#, object(["a": object(["b": .array([.bool(true)])]), "": "x"])),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC\ud83d\uDE00""#, "é€😀"), (#""é€😀""#, "é€😀"),
        (#""a\u0000b""#, "a\0b"),
        (#"{"e\u0301":1,"é":2}"#, object(["e\u{301}": .number("1"), "\u{e9}": .number("2")])),
    ]

    @Test(arguments: readable)
    func `JSON is read`(text: String, value: JSONValue) {
        #expect(parsed(text) == value)
    }

    @Test(
        arguments: [
            "", " ", "nul", "nulll", "True", "'a'", "\"a", "\"a\\\"", "\"\t\"", "\"\n\"", #""\x41""#, #""\u12""#,
            #""\u12g4""#,
            "\"\0\"", "\0", #""\ud800""#, #""\ud800x""#, #""\ud800\u0041""#, #""\udc00""#,
            #""\udc00\ud800""#,
            "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "NaN", "Infinity", "-Infinity", "1_000", "１",
            "[", "]", "[1,]", "[,1]", "[1 2]", "[1", "{", "}", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}",
            #"{"a" 1}"#,
            #"{"a":1 "b":2}"#, #"{1:2}"#, #"{"a":1}}"#, "1 2", "[] []", "// x\n1", "1/**/", "\u{FEFF}{}", "{}\u{FEFF}",
            "\u{A0}1",
            #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"{"x":{"b":1,"b":2}}"#, #"{"":1,"":2}"#,
        ])
    func `what is not JSON in the one strict way is refused`(text: String) {
        #expect(parsed(text) == nil)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0xFE, 0xFF, 0x00, 0x31], [0xFF, 0xFE, 0x31, 0x00], [0x31, 0x00],
            [0x00, 0x31],
        ] as [[UInt8]])
    func `what is not UTF-8 is refused`(octets: [UInt8]) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(octets) }
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func `sixteen levels are read and seventeen are not`(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + (open == "[" ? "" : "1") + String(repeating: close, count: depth)
        }
        #expect(parsed(nested(16)) != nil)
        #expect(parsed(nested(17)) == nil)
        #expect(parsed(String(repeating: open, count: 20_000)) == nil)
        #expect(parsed("[" + Array(repeating: "[]", count: 5_000).joined(separator: ",") + "]") != nil)
    }

    @Test(arguments: [1, 15, 16, 17, 40], [0, 14, 15, 16, 39])
    func `a name that comes twice is refused however many are between`(count: Int, repeated: Int) {
        let names = (0..<count).map { #""name\#($0)":0"# }
        #expect(parsed("{\(names.joined(separator: ","))}") != nil)
        let more = names + [#""name\#(repeated)":1"#]
        #expect((parsed("{\(more.joined(separator: ","))}") == nil) == (repeated < count))
    }

    @Test func `a member that is null counts as absent`() throws {
        guard case .object(let object)? = parsed(#"{"a":null,"b":0}"#) else { throw JSONParser.Malformed() }
        #expect(object["a"] == nil)
        #expect(object["b"] == .number("0"))
        #expect(object["c"] == nil)
        #expect(object.members.count == 2)
    }

    @Test func `no mutation of a text traps, and what is read can be written and read again`() {
        let seed = Array(#" {"a\u00e9":[1,-2.5e+3,true,null,"\ud83d\ude00\n",{"b":{}}],"c":"é€😀", "d":""} "#.utf8)
        var random = SplitMix(state: 16)
        var readable = 0
        for _ in 0..<5_000 {
            var octets = seed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
                case 1: octets.remove(at: place)
                case 2: octets.insert(octets[Int.random(in: 0..<octets.count, using: &random)], at: place)
                default: octets.removeLast(Int.random(in: 0..<min(8, octets.count), using: &random))
                }
                if octets.isEmpty { octets = [0x20] }
            }
            guard let value = try? JSONParser.parse(octets) else { continue }
            readable += 1
            #expect((try? JSONParser.parse(value.octets)) == value)
        }
        #expect(readable > 100)
    }

    /// The processor time of this thread, in nanoseconds: other threads do not lengthen it.
    private static var processorTime: Int {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    @Test func `reading takes a time in proportion to the text`() throws {
        func time(_ count: Int) throws -> Int {
            let members = (0..<count).map { #""name\#($0)":"\u00e9""# }.joined(separator: ",")
            let octets = Array("{\(members)}".utf8)
            return try (0..<3).map { _ in
                let start = Self.processorTime
                _ = try JSONParser.parse(octets)
                return Self.processorTime - start
            }.min() ?? 0
        }
        let (small, large) = (try time(500), try time(8_000))
        #expect(large < small * 16 * 6)
    }
}
