import AuthDomain
import Testing

@testable import AuthFCGI

/// Who waits for a look-up of sessions, and for whom one begins.
@Suite struct LookupLineTests {
    /// Nobody leaves the line by itself.
    private func line(atOnce: Int = 1, few: Int = 1, usual: Duration = .seconds(60)) -> LookupLine<Int> {
        LookupLine(atOnce: atOnce, few: few, usual: usual)
    }

    private func question(realm: String = "trial", idle: Duration = .seconds(60)) throws -> LoginQuestion {
        LoginQuestion(
            digest: try #require(SessionDigest(octets: [UInt8](repeating: 7, count: 32))),
            realm: try #require(Realm(realm)), idle: idle, now: Timestamp(microseconds: 1))
    }

    @Test func `who comes alone is looked for at once`() throws {
        var line = line()
        #expect(line.begin() == [])
        for number in 0..<4 {
            line.join(number, asking: try question())
            #expect(line.begin() == [number])
            #expect(line.begin() == [])
            line.end(1)
        }
    }

    @Test func `who comes while a look-up is under way is found by the next one`() throws {
        var line = line()
        for number in 0..<12 {
            line.join(number, asking: try question())
            #expect(line.begin() == (number == 0 ? [0] : []))
        }
        #expect(line.count == 11)
        line.end(1)
        #expect(line.begin() == Array(1..<12))
        #expect(line.count == 0)
    }

    @Test func `none looks for more than sixteen, and who has waited longest is first`() throws {
        var line = line()
        for number in 0..<40 { line.join(number, asking: try question()) }
        for expected in [0..<16, 16..<32, 32..<40] {
            let batch = line.begin()
            #expect(batch == Array(expected))
            line.end(batch.count)
        }
        #expect(line.begin() == [])
    }

    @Test func `realms and idle times are never looked for together`() throws {
        var line = line()
        for number in 0..<9 {
            let realm = number % 3 == 1 ? "other" : "trial"
            line.join(number, asking: try question(realm: realm, idle: .seconds(number % 3 == 2 ? 61 : 60)))
        }
        for expected in [[0, 3, 6], [1, 4, 7], [2, 5, 8]] {
            #expect(line.begin() == expected)
            line.end(expected.count)
        }
    }

    @Test func `nobody waits for a look-up that takes longer than usual`() throws {
        var line = line(usual: .zero)
        for number in 0..<5 {
            line.join(number, asking: try question())
            #expect(line.begin() == [number])
        }
    }

    @Test func `nobody waits while fewer are under way than may be`() throws {
        var line = line(atOnce: 3)
        var batches: [[Int]] = []
        for number in 0..<10 {
            line.join(number, asking: try question())
            batches.append(line.begin())
        }
        #expect(batches.prefix(3) == [[0], [1], [2]])
        #expect(batches.dropFirst(3).allSatisfy { $0.isEmpty })
        line.end(1)
        #expect(line.begin() == Array(3..<10), "the rest are found together")
    }

    @Test func `few ask each for itself, as long as they are few`() throws {
        var line = line(few: 3)
        /// So many come while the first look-up is under way: for how many each look-up is.
        func sizes(_ count: Int) throws -> [Int] {
            var sizes: [Int] = []
            for number in 0..<count {
                line.join(number, asking: try question())
                sizes.append(line.begin().count)
            }
            sizes.removeAll { $0 == 0 }
            for size in sizes { line.end(size) }
            let rest = line.begin().count
            if rest == 0 { return sizes }
            line.end(rest)
            return sizes + [rest]
        }
        #expect(try sizes(5) == [1, 1, 1, 2])
        for _ in 0..<12 { _ = try sizes(17) }
        #expect(try sizes(5) == [1, 4])
        for _ in 0..<40 { _ = try sizes(1) }
        #expect(try sizes(5) == [1, 1, 1, 2])
    }
}
