import Testing

@testable import AuthFCGI

/// What one process renders, another reads.
struct ConfigurationRoundTripTests {
    /// Candidates for the values of keys; a key takes those that it accepts.
    private static let candidates: [ConfigurationValue] =
        [
            "", "a", "Z_-9", "x.y", "/a", "/a b\"\\c", "/é", "https://a.example:8443/p", "http://[::1]", "tcp:h:1",
            "smtps://m", "smtp://m:2525", "1", "33", "10/15m", "7/1h", "2h", "45s", "90s", "300ms", "8MiB", "64KiB",
            "65537B", "0600", "systemd", "fd:0", "unix:/r", "10.0.0.0/8", "fe80::/10", "db:3307", "localhost", "off",
            "file", "json", "debug", "uniform", "always", "strict", "argon2id", "EdDSA", "required", "auto",
            "{{phone}}\n\t{{text}}\u{7F}",
            "fr", "a@b", "example.org",
        ].map(ConfigurationValue.text)
        + [1, 6, 7, 12, 500].map(ConfigurationValue.integer) + [.boolean(true), .boolean(false)]
        + [[], ["::1"], ["a.example", "localhost"], ["/bin/x", "y \"z\""], ["fd:0", "tcp:[::1]:5"], ["49", "33"]]
        .map { .list($0.map(ConfigurationValue.text)) }

    @Test func `the defaults come back`() throws {
        #expect(try Configuration.load(text: Configuration().rendered) == Configuration())
    }

    @Test(arguments: Configuration.keys.map(\.path))
    func `every accepted value of a key comes back`(path: String) throws {
        let key = try #require(Configuration.keys.first { $0.path == path })
        var accepted = 0
        for candidate in Self.candidates {
            var configuration = Configuration()
            guard key.set(candidate, in: &configuration) == nil else { continue }
            accepted += 1
            let document = try TOMLDocument("k = \(key.value(in: configuration).literal)")
            guard case .value(let value) = document.root["k"] else {
                Issue.record("no value")
                continue
            }
            var other = Configuration()
            #expect(key.set(value, in: &other) == nil)
            #expect(other == configuration)
        }
        #expect(accepted > 0)
    }

    @Test func `random configurations come back`() throws {
        var random = SplitMix(state: 20_260_101)
        var whole = 0
        for _ in 0..<300 {
            var configuration = Configuration()
            for key in Configuration.keys where Int.random(in: 0..<3, using: &random) == 0 {
                if let value = Self.candidates.randomElement(using: &random) { _ = key.set(value, in: &configuration) }
            }
            // Contradictions are refused whichever way they are written.
            guard configuration.findings.allSatisfy(\.isWarning) else { continue }
            whole += 1
            #expect(try Configuration.load(text: configuration.rendered) == configuration)
        }
        #expect(whole > 20)
    }

    @Test func `any text comes back through a literal`() throws {
        var random = SplitMix(state: 7)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0..<40, using: &random)).compactMap { _ in
                Unicode.Scalar(
                    UInt32.random(in: 1...(Bool.random(using: &random) ? 0xFF : 0x1FFFF), using: &random))
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            guard case .value(let value) = try TOMLDocument("k = \(ConfigurationValue.text(text).literal)").root["k"]
            else {
                Issue.record("no value")
                continue
            }
            #expect(value == .text(text))
        }
    }
}
