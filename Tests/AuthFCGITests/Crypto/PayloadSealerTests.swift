import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct PayloadSealerTests {
    static let old = "old:\(Base64.encode([UInt8](repeating: 1, count: 32)))"
    static let new = "n:\(Base64.encode([UInt8](repeating: 2, count: 32)))"
    let payload = Array("{\"code\":\"123456\"}".utf8)

    private func sealer(_ lines: String...) throws -> PayloadSealer {
        try PayloadSealer(keys: try KeyRing.parse(lines.joined(separator: "\n")), random: SystemRandom())
    }

    @Test func `a payload opens in its context only`() throws {
        let sealer = try sealer(Self.old)
        let sealed = try sealer.seal(payload, context: [1, 2])
        #expect(sealed.count == payload.count + 30 + 3)
        #expect(sealer.open(sealed, context: [1, 2]) == payload)
        #expect(sealer.open(sealed, context: [1]) == nil)
        #expect(sealer.open(sealed, context: []) == nil)
    }

    @Test func `a payload that was changed anywhere is refused`() throws {
        let sealer = try sealer(Self.old)
        let sealed = try sealer.seal(payload, context: [9])
        for bit in 0..<(sealed.count * 8) {
            var other = sealed
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(sealer.open(other, context: [9]) == nil)
        }
        for length in 0..<sealed.count { #expect(sealer.open(Array(sealed.prefix(length)), context: [9]) == nil) }
        #expect(sealer.open(sealed + [0], context: [9]) == nil)
    }

    @Test func `an old key opens until it is gone`() throws {
        let sealed = try sealer(Self.old).seal(payload, context: [])
        #expect(try sealer(Self.new, Self.old).open(sealed, context: []) == payload)
        #expect(try sealer(Self.new).open(sealed, context: []) == nil)
    }
}
