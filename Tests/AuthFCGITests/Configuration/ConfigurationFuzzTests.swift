import Testing

@testable import AuthFCGI

/// Rubbish: it may be refused, it may not stop the process.
struct ConfigurationFuzzTests {
    private static let tokens = [
        "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", "\"\"\"", "'''", "\n", "\r\n", "#", "\\", "\\u00e9",
        "\\u0000", "\\UFFFFFFFF", "1979-05-27T07:32:00Z", "07:32:00", "0x_F", "1e400", "-9223372036854775809", "inf",
        "nan",
        "true", "[otp]\n", "digits = 6\n", "[api.twake]\n", "a.b.c = 1\n", "\u{FEFF}", "é", "\u{10FFFF}", "\t", " ",
        "=1\n",
    ]

    @Test(.timeLimit(.minutes(2)))
    func `mutated files neither trap nor hang`() throws {
        var random = SplitMix(state: 42)
        let seed = Configuration().rendered + "\n[x]\na = { b = [ 1, { c = 'd' } ], e.f = \"\"\"g\nh\"\"\" }\n"
        var refused = 0
        for round in 0..<600 {
            var octets = Array(seed.utf8)
            if round.isMultiple(of: 4) { octets = Array(octets.shuffled(using: &random).prefix(200)) }
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = Int.random(in: 0...octets.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: octets.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 1: octets.removeSubrange(place..<min(octets.count, place + Int.random(in: 0...30, using: &random)))
                case 2: octets.insert(contentsOf: (Self.tokens.randomElement(using: &random) ?? "").utf8, at: place)
                default: octets = Array(octets.prefix(place)) + octets.suffix(Int.random(in: 0...200, using: &random))
                }
            }
            do throws(ConfigurationProblems) {
                _ = try Configuration.load(text: String(decoding: octets, as: UTF8.self))
            } catch {
                refused += 1
                #expect(!error.problems.isEmpty)
                #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            }
        }
        #expect(refused > 450)
    }

    @Test(.timeLimit(.minutes(1)))
    func `heaps of tokens neither trap nor hang`() {
        var random = SplitMix(state: 42)
        for _ in 0..<600 {
            let text = (0..<Int.random(in: 1...60, using: &random)).compactMap { _ in
                Self.tokens.randomElement(using: &random)
            }.joined()
            _ = try? Configuration.load(text: text)
            _ = TOMLKeyLines(text)
        }
    }

    @Test(arguments: ["[", "{", "a.", "a={a=", "[[", "\"", "'", "#", "a=[{a="])
    func `deep nesting is refused`(part: String) {
        for count in [100, 300, 1000, 3000, 100_000] {
            let text = "a = " + String(repeating: part, count: count)
            #expect(throws: ConfigurationProblems.self) { try Configuration.load(text: text) }
            _ = try? Configuration.load(text: String(repeating: part, count: count) + "\n")
            _ = TOMLKeyLines(text)
        }
    }
}
