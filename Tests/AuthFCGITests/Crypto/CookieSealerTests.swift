import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct CookieSealerTests {
    static let old = "old:\(Base64.encode([UInt8](repeating: 1, count: 32)))"
    static let new = "new:\(Base64.encode([UInt8](repeating: 2, count: 32)))"
    let secret = [UInt8](0..<32)

    private func sealer(_ lines: String...) throws -> CookieSealer {
        try CookieSealer(keys: try KeyRing.parse(lines.joined(separator: "\n")), random: SystemRandom())
    }

    private func realm(_ name: String, tenant: String? = nil) throws -> Realm {
        try #require(Realm(name, tenant: tenant))
    }

    @Test(arguments: [0, 1, 16, 32, 2000])
    func `what was sealed opens`(count: Int) throws {
        let sealer = try sealer(Self.old)
        let octets = [UInt8](repeating: 7, count: count)
        let text = try sealer.seal(octets, cookie: "twake.session", realm: try realm("twake"))
        #expect(text.hasPrefix("v1.old."))
        #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x2C && $0 != 0x3B && $0 != 0x5C })
        #expect(sealer.open(text, cookie: "twake.session", realm: try realm("twake")) == octets)
    }

    @Test func `a value whose any bit is flipped is refused`() throws {
        let sealer = try sealer(Self.old)
        let realm = try realm("twake")
        let text = try sealer.seal(secret, cookie: "s", realm: realm)
        for bit in 0..<(text.utf8.count * 8) {
            var octets = Array(text.utf8)
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(sealer.open(String(decoding: octets, as: UTF8.self), cookie: "s", realm: realm) == nil)
        }
    }

    @Test func `a sealed value whose any bit is flipped beneath the encoding is refused`() throws {
        let sealer = try sealer(Self.old)
        let realm = try realm("twake")
        let text = try sealer.seal(secret, cookie: "s", realm: realm)
        let octets = try #require(Base64URL.decode(text.dropFirst("v1.old.".count)))
        #expect(octets.count == 12 + 32 + 16)
        for bit in 0..<(octets.count * 8) {
            var other = octets
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(sealer.open("v1.old.\(Base64URL.encode(other))", cookie: "s", realm: realm) == nil)
        }
    }

    @Test func `a shortened or lengthened value is refused`() throws {
        let sealer = try sealer(Self.old)
        let realm = try realm("twake")
        let text = try sealer.seal(secret, cookie: "s", realm: realm)
        for length in 0..<text.utf8.count {
            #expect(sealer.open(String(text.prefix(length)), cookie: "s", realm: realm) == nil)
            #expect(sealer.open(String(text.suffix(length)), cookie: "s", realm: realm) == nil)
        }
        for more in ["A", "AA", "AAAA", "=", "==", ".", " ", "\n", "\0"] {
            #expect(sealer.open(text + more, cookie: "s", realm: realm) == nil)
        }
        #expect(sealer.open(String(repeating: "A", count: 4097), cookie: "s", realm: realm) == nil)
    }

    @Test func `parts of two values make no value`() throws {
        let sealer = try sealer(Self.old)
        let realm = try realm("twake")
        let one = Array(try sealer.seal(secret, cookie: "s", realm: realm))
        let other = Array(try sealer.seal(secret, cookie: "s", realm: realm))
        #expect(one != other)
        for cut in "v1.old.".count..<one.count {
            let spliced = String(one.prefix(cut) + other.suffix(other.count - cut))
            let opened = sealer.open(spliced, cookie: "s", realm: realm)
            #expect(opened == nil || spliced == String(one) || spliced == String(other))
        }
    }

    @Test func `another cookie's, realm's or tenant's value is refused`() throws {
        let sealer = try sealer(Self.old)
        let text = try sealer.seal(secret, cookie: "s", realm: try realm("twake"))
        #expect(sealer.open(text, cookie: "t", realm: try realm("twake")) == nil)
        #expect(sealer.open(text, cookie: "s", realm: try realm("other")) == nil)
        #expect(sealer.open(text, cookie: "s", realm: try realm("twake", tenant: "a")) == nil)
        #expect(sealer.open(text, cookie: "st", realm: try realm("wake")) == nil)
    }

    @Test func `an old key opens behind a new one, and no longer when it is gone`() throws {
        let realm = try realm("twake")
        let text = try sealer(Self.old).seal(secret, cookie: "s", realm: realm)
        let rotated = try sealer(Self.new, Self.old)
        #expect(rotated.open(text, cookie: "s", realm: realm) == secret)
        #expect(try rotated.seal(secret, cookie: "s", realm: realm).hasPrefix("v1.new."))
        #expect(try sealer(Self.new).open(text, cookie: "s", realm: realm) == nil)
    }

    @Test func `a value under another key of the same name, or the same key of another name, is refused`() throws {
        let realm = try realm("twake")
        let text = try sealer(Self.old).seal(secret, cookie: "s", realm: realm)
        let sameName = "old:\(Base64.encode([UInt8](repeating: 3, count: 32)))"
        #expect(try sealer(sameName).open(text, cookie: "s", realm: realm) == nil)
        let renamed = "odd:\(Base64.encode([UInt8](repeating: 1, count: 32)))"
        let moved = text.replacing("v1.old.", with: "v1.odd.")
        #expect(try sealer(renamed).open(moved, cookie: "s", realm: realm) == nil)
    }

    @Test func `no nonce comes twice`() throws {
        let sealer = try sealer(Self.old)
        let realm = try realm("twake")
        var nonces: Set<[UInt8]> = []
        for _ in 0..<10_000 {
            let text = try sealer.seal(secret, cookie: "s", realm: realm)
            nonces.insert(Array(try #require(Base64URL.decode(text.dropFirst("v1.old.".count))).prefix(12)))
        }
        #expect(nonces.count == 10_000)
    }

    @Test func `what does not fit a cookie is not sealed`() throws {
        let sealer = try sealer(Self.old)
        let octets = [UInt8](repeating: 0, count: 3100)
        #expect(throws: AuthError.unavailable) { try sealer.seal(octets, cookie: "s", realm: try realm("twake")) }
    }
}
