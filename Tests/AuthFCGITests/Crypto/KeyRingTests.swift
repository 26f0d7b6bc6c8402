import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct KeyRingTests {
    static let a = Base64.encode([UInt8](repeating: 0xA1, count: 32))
    static let b = Base64.encode([UInt8](repeating: 0xB2, count: 48))

    @Test func `the first key seals, comments and blank lines say nothing`() throws {
        let ring = try KeyRing.parse("# keys\n\nnew-1:\(Self.b)\n  \nold_0:\(Self.a)\n")
        #expect(ring.ids == ["new-1", "old_0"])
    }

    @Test(arguments: [
        ("", KeyRingError.empty), ("# none\n", .empty), ("a", .malformed(line: 1)),
        ("a:\(a):\(a)", .malformed(line: 1)), ("\n:\(a)", .badID(line: 2)), ("seventeen-letters:\(a)", .badID(line: 1)),
        ("a b:\(a)", .badID(line: 1)), ("é:\(a)", .badID(line: 1)), ("a:", .badLength(line: 1)),
        ("a:\(a.dropLast())", .badBase64(line: 1)), ("a: \(a)", .badBase64(line: 1)), ("a:\(a) ", .badBase64(line: 1)),
        ("a:\(a)\r\n", .badBase64(line: 1)), ("a:AAAA", .badLength(line: 1)),
        ("a:\(Base64.encode([UInt8](repeating: 1, count: 31)))", .badLength(line: 1)),
        ("a:\(a)\n#\nb:\(b)\na:\(b)", .duplicate(line: 4)),
    ])
    func `a bad file is refused with its line`(text: String, error: KeyRingError) {
        #expect(throws: error) { try KeyRing.parse(text) }
        #expect(!error.description.contains(Self.a))
    }

    @Test func `a fresh line is one that can be read, and no other is like it`() throws {
        let line = try KeyRing.freshLine(id: "k1", random: SystemRandom())
        #expect(try KeyRing.parse(line).ids == ["k1"])
        #expect(try KeyRing.freshLine(id: "k1", random: SystemRandom()) != line)
        #expect(throws: KeyRingError.self) { try KeyRing.freshLine(id: "a:b", random: SystemRandom()) }
    }

    @Test func `keys of different uses and of different lines differ`() throws {
        let ring = try KeyRing.parse("a:\(Self.a)\nb:\(Self.b)")
        var seen: Set<[UInt8]> = []
        for use in [KeyUse.cookie, .code, .outbox] {
            let keys = try ring.keys(for: use) { (secret) throws(CryptoError) in
                unsafe secret.withUnsafeBytes { unsafe Array($0) }
            }
            seen.insert(keys.current.key)
            seen.insert(try #require(keys["b"]))
            #expect(keys["a"] == keys.current.key)
            #expect(keys["c"] == nil)
            #expect(keys[""] == nil)
        }
        #expect(seen.count == 6)
        #expect(seen.allSatisfy { $0.count == 32 })
    }
}
