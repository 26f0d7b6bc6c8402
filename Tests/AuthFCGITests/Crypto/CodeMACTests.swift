import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct CodeMACTests {
    static let old = "old:\(Base64.encode([UInt8](repeating: 1, count: 32)))"
    static let new = "new:\(Base64.encode([UInt8](repeating: 2, count: 32)))"

    private func mac(_ lines: String...) throws -> CodeMAC {
        try CodeMAC(keys: try KeyRing.parse(lines.joined(separator: "\n")))
    }

    private func code(_ text: String) throws -> OneTimeCode { try #require(OneTimeCode(text)) }
    private func realm(_ name: String) throws -> Realm { try #require(Realm(name)) }

    @Test func `only the code itself matches its digest`() throws {
        let mac = try mac(Self.old)
        let twake = try realm("twake")
        let digest = try mac.digest(try code("012345"), in: twake, for: .registration, target: "+15550100")
        #expect(digest.keyID == "old")
        #expect(digest.octets.count == 32)
        func matches(_ text: String, _ realm: Realm, _ target: String) throws -> Bool {
            try mac.matches(try code(text), digest, in: realm, for: .registration, target: target)
        }
        #expect(try matches("012345", twake, "+15550100"))
        #expect(try !matches("012346", twake, "+15550100"))
        #expect(try !matches("12345", twake, "+15550100"))
        #expect(try !matches("012345", try realm("ride"), "+15550100"))
        #expect(try !matches("012345", twake, "+15550101"))
        #expect(try !matches("0012345", twake, "+1555010"))
    }

    @Test func `a digest is checked under the key that made it`() throws {
        let twake = try realm("twake")
        let code = try code("012345")
        let digest = try mac(Self.old).digest(code, in: twake, for: .registration, target: "t")
        let rotated = try mac(Self.new, Self.old)
        #expect(try rotated.matches(code, digest, in: twake, for: .registration, target: "t"))
        #expect(try !mac(Self.new).matches(code, digest, in: twake, for: .registration, target: "t"))
        let renamed = CodeDigest(keyID: "new", octets: digest.octets)
        #expect(try !rotated.matches(code, renamed, in: twake, for: .registration, target: "t"))
    }

    @Test func `a shortened digest matches nothing`() throws {
        let twake = try realm("twake")
        let mac = try mac(Self.old)
        let code = try code("012345")
        let digest = try mac.digest(code, in: twake, for: .registration, target: "t")
        for length in 0..<32 {
            let short = CodeDigest(keyID: "old", octets: Array(digest.octets.prefix(length)))
            #expect(try !mac.matches(code, short, in: twake, for: .registration, target: "t"))
        }
    }
}
