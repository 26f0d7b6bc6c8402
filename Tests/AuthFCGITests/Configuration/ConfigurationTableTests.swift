import Testing

@testable import AuthFCGI

/// The table of keys and what is made from it.
struct ConfigurationTableTests {
    /// The shipped example.
    private static let example: String =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        + "/deploy/authfcgi.toml"

    @Test func `every key has a path and a variable of its own`() {
        #expect(Set(Configuration.keys.map(\.path)).count == Configuration.keys.count)
        #expect(Set(Configuration.keys.map(\.variable)).count == Configuration.keys.count)
        #expect(Set(Configuration.sections).count == Configuration.sections.count)
    }

    @Test(arguments: Configuration.keys.map(\.path))
    func `a default is accepted where it stands`(path: String) throws {
        let key = try #require(Configuration.keys.first { $0.path == path })
        var configuration = Configuration()
        #expect(key.set(key.value(in: configuration), in: &configuration) == nil)
        #expect(configuration == Configuration())
    }

    @Test func `the shipped example is accepted and strict`() throws {
        let (configuration, warnings) = try Configuration.load(path: Self.example, environment: [:])
        #expect(configuration.password.isStrict)
        #expect(warnings.isEmpty)
    }

    @Test func `the shipped example shows every key with its default and no other`() throws {
        let octets = try FileText.octets(of: Self.example, limit: 1 << 20).octets
        let text = String(decoding: octets, as: UTF8.self)
        let keys = text.split(separator: "\n").filter { line in
            let name = line.dropFirst(2).prefix { $0.isASCII && ($0.isLowercase || $0 == "_") }
            return line.hasPrefix("# ") && !name.isEmpty && line.dropFirst(2 + name.count).hasPrefix(" = ")
        }
        let isShown = Set(keys)
        let plain = text.split(separator: "\n", omittingEmptySubsequences: false)
            .compactMap { line in
                isShown.contains(line) ? line.dropFirst(2) : line.hasPrefix("[") ? line : nil
            }.joined(separator: "\n")
        let shown = try TOMLDocument(plain)
        #expect(keys.count == Configuration.keys.count)
        for key in Configuration.keys {
            var nodes = shown.root
            for part in key.section.split(separator: ".") {
                guard case .table(let inner) = nodes[String(part)] else {
                    Issue.record("no [\(key.section)]")
                    return
                }
                nodes = inner
            }
            guard case .value(let value) = nodes[key.name] else {
                Issue.record("no \(key.path)")
                continue
            }
            var configuration = Configuration()
            #expect(key.set(value, in: &configuration) == nil)
            #expect(configuration == Configuration(), "\(key.path) is not the default")
        }
    }

    @Test func `the reference is a file that changes nothing and names every key`() throws {
        #expect(try Configuration.load(text: Configuration.reference) == Configuration())
        for key in Configuration.keys { #expect(Configuration.reference.contains("# \(key.name) = ")) }
    }

    @Test func `what is shown marks what is a default`() throws {
        let configuration = try Configuration.load(text: "otp.digits = 8")
        #expect(configuration.shown.contains("digits               = 8\n"))
        #expect(configuration.shown.contains("per_hour             = 5  # default\n"))
        #expect(try Configuration.load(text: configuration.shown) == configuration)
    }
}
