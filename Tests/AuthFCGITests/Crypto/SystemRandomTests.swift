import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct SystemRandomTests {
    @Test(arguments: [0, 1, 32, 255, 256, 257, 1000])
    func `as many octets come as were asked for, all of them random`(count: Int) throws {
        let octets = try SystemRandom().octets(count)
        #expect(octets.count == count)
        if count >= 255 {
            #expect(Set(octets).count > 100)
            #expect(Set(octets.suffix(200)).count > 80)
        }
    }

    @Test(arguments: [0, -1])
    func `a code of an impossible length is refused`(digits: Int) {
        #expect(throws: AuthError.unavailable) { try SystemRandom().code(digits: digits) }
    }

    @Test func `the digits of codes are uniform at each place`() throws {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 6)
        let codes = 20_000
        for _ in 0..<codes {
            let text = try SystemRandom().code(digits: 6).text
            #expect(text.utf8.count == 6)
            for (place, digit) in text.utf8.enumerated() { counts[place][Int(digit) - 0x30] += 1 }
        }
        for place in counts {
            let expected = Double(codes) / 10
            let chiSquare = place.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
            // Nine degrees of freedom: beyond 50 comes once in ten million runs.
            #expect(chiSquare < 50)
        }
    }
}
