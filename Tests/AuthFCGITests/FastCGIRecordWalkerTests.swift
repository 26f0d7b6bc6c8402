import Testing

@testable import AuthFCGI

@Suite struct FastCGIRecordWalkerTests {
    private func walk(_ octets: [UInt8]) -> RecordWalker {
        var walker = RecordWalker()
        _ = walker.walk(octets.span)
        return walker
    }

    private static let shapes: [(id: UInt16, padding: UInt8)] = [(1, 0), (258, 7), (65535, 255)]

    @Test(arguments: [UInt8(1), 2], shapes)
    func `a request is whole with its last octet and not before`(role: UInt8, shape: (id: UInt16, padding: UInt8)) {
        let octets = FastCGIRecords.request(role: role, id: shape.id, padding: shape.padding)
        for end in 0..<octets.count { #expect(walk(Array(octets[..<end])).progress == .incomplete) }
        let walker = walk(octets)
        #expect(walker.progress == .whole)
        #expect(walker.walked == octets.count)
        #expect(walker.isAuthorizer == (role == 2))
        #expect(walker.bodyCount == (role == 1 ? 2 : 0))
    }

    @Test func `what follows a whole request is not walked`() {
        let octets = FastCGIRecords.request()
        let walker = walk(octets + [9, 9, 9])
        #expect(walker.progress == .whole)
        #expect(walker.walked == octets.count)
    }

    @Test func `the end of the parameters is told before the body`() {
        let parameters = FastCGIRecords.record(4, FastCGIRecords.pair("A", "B")) + FastCGIRecords.record(4)
        let head = FastCGIRecords.begin() + parameters
        let walker = walk(head + FastCGIRecords.record(5, [UInt8](repeating: 0, count: 9)))
        #expect(walker.progress == .incomplete)
        #expect(walker.parametersEnd == head.count)
        #expect(walker.bodyCount == 9)
    }

    private static let start = FastCGIRecords.begin()
    private static let large = FastCGIRecords.record(4, FastCGIRecords.pair("A", String(repeating: "a", count: 40_000)))

    private static let unsound: [(name: String, octets: [UInt8])] = [
        ("a management record", FastCGIRecords.record(9, FastCGIRecords.pair("FCGI_MPXS_CONNS", ""), id: 0)),
        ("a record of no request", FastCGIRecords.record(1, [0, 1, 1, 0, 0, 0, 0, 0], id: 0)),
        ("an unknown record", FastCGIRecords.record(11)),
        ("an abort", FastCGIRecords.record(2)),
        ("parameters before the beginning", FastCGIRecords.record(4)),
        ("a later version", FastCGIRecords.record(1, [0, 1, 1, 0, 0, 0, 0, 0], version: 2)),
        ("a short beginning", FastCGIRecords.record(1, [0, 1, 1])),
        ("a filter", FastCGIRecords.begin(role: 3)),
        ("a role of two octets", FastCGIRecords.record(1, [1, 1, 0, 0, 0, 0, 0, 0])),
        ("a second beginning", start + FastCGIRecords.begin()),
        ("a management record within", start + FastCGIRecords.record(9, id: 0)),
        ("another request's record", start + FastCGIRecords.record(4, id: 2)),
        ("a body before the parameters", start + FastCGIRecords.record(5)),
        ("an abort within", start + FastCGIRecords.record(2)),
        ("padding after the parameters' end", start + FastCGIRecords.record(4, padding: 1)),
        ("parameters after their end", start + FastCGIRecords.record(4) + FastCGIRecords.record(4, [0, 0])),
        ("padding after the body's end", start + FastCGIRecords.record(4) + FastCGIRecords.record(5, padding: 8)),
        ("data of a filter", start + FastCGIRecords.record(4) + FastCGIRecords.record(8, [1])),
        ("parameters beyond the limit", start + large + large),
        ("a name of 2 GiB", start + FastCGIRecords.record(4, [0xff, 0xff, 0xff, 0xff])),
        ("a value of 128 KiB", start + FastCGIRecords.record(4, [1, 0x80, 2, 0, 0])),
        ("a pair that is cut", start + FastCGIRecords.record(4, [1, 5, 0x41]) + FastCGIRecords.record(4)),
        ("a length that is cut", start + FastCGIRecords.record(4, [1, 0x80]) + FastCGIRecords.record(4)),
        ("a name without value length", start + FastCGIRecords.record(4, [1]) + FastCGIRecords.record(4)),
        ("a NUL in a value", start + FastCGIRecords.record(4, FastCGIRecords.pair("A", "b\0c"))),
    ]

    @Test(arguments: unsound)
    func `no other record goes to libfcgi`(name: String, octets: [UInt8]) {
        #expect(walk(octets).progress == .malformed, "\(name)")
    }

    @Test func `parameters may be cut into records anywhere`() {
        let parameters = FastCGIRecords.pair("A", String(repeating: "b", count: 200)) + FastCGIRecords.pair("", "")
        for cut in 1..<parameters.count {
            let first = FastCGIRecords.record(4, Array(parameters[..<cut]))
            let second = FastCGIRecords.record(4, Array(parameters[cut...]))
            let octets = Self.start + first + second + FastCGIRecords.record(4) + FastCGIRecords.record(5)
            #expect(walk(octets).progress == .whole)
        }
    }

    @Test func `how the octets are cut makes no difference`() {
        var chance = Chance(state: 7)
        for _ in 0..<2000 {
            var octets = FastCGIRecords.request(padding: UInt8.random(in: 0...20, using: &chance))
            for _ in 0..<Int.random(in: 0...3, using: &chance) {
                octets[Int.random(in: octets.indices, using: &chance)] = .random(in: 0...255, using: &chance)
            }
            let once = walk(octets)
            var pieces = RecordWalker()
            var rest = octets[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(.random(in: 1...40, using: &chance)))
                _ = pieces.walk(piece.span)
                rest = rest.dropFirst(piece.count)
            }
            #expect(pieces.progress == once.progress)
            #expect(once.progress == .malformed || pieces.walked == once.walked)
            #expect(once.walked <= octets.count)
        }
    }
}

/// A generator whose numbers are the same in every run (SplitMix64).
private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
