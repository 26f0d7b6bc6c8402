import Testing

@testable import AuthFCGI

@Suite struct RequestReaderTests {
    private static let maxBody = 64

    private func read(_ octets: [UInt8]) -> RequestReader {
        var reader = RequestReader(maxBody: Self.maxBody)
        _ = reader.read(octets.span)
        return reader
    }

    private static let shapes: [(id: UInt16, padding: UInt8)] = [(1, 0), (258, 7), (65535, 255)]

    @Test(arguments: [UInt8(1), 2], shapes)
    func `a request is whole with its last octet and not before`(role: UInt8, shape: (id: UInt16, padding: UInt8)) {
        let octets = FastCGIRecords.request(role: role, id: shape.id, padding: shape.padding)
        for end in 0..<octets.count { #expect(read(Array(octets[..<end])).progress == .incomplete) }
        let reader = read(octets)
        #expect(reader.progress == .whole)
        #expect(reader.count == octets.count)
        #expect(reader.requestID == shape.id)
        #expect(reader.keepsConnection)
        #expect(reader.role == (role == 2 ? .authorizer : .responder))
        #expect(reader.parameters[.requestMethod] == "POST")
        #expect(reader.parameters[.cookie] == String(repeating: "c", count: 300))
        #expect(reader.body == (role == 1 ? [0x7b, 0x7d] : []))
    }

    @Test func `what follows a whole request is not read`() {
        let octets = FastCGIRecords.request()
        var reader = RequestReader(maxBody: Self.maxBody)
        let counts = [octets + [9, 9, 9], [9]].map { reader.read($0.span) }
        #expect(counts == [octets.count, 0])
        #expect(reader.progress == .whole)
    }

    @Test func `a connection that is not kept is told`() {
        let head = FastCGIRecords.record(1, [0, 1, 0, 0, 0, 0, 0, 0])
        let reader = read(head + FastCGIRecords.record(4) + FastCGIRecords.record(5))
        #expect(reader.progress == .whole)
        #expect(!reader.keepsConnection)
    }

    @Test func `of standard input beyond the limit nothing is kept`() {
        let head = FastCGIRecords.begin() + FastCGIRecords.record(4, FastCGIRecords.pair("HTTP_COOKIE", "B"))
        let full = [UInt8](repeating: 0, count: Self.maxBody)
        let most = read(head + FastCGIRecords.record(4) + FastCGIRecords.record(5, full))
        #expect(most.body == full && !most.bodyIsTooLarge)
        #expect(most.kept == FastCGIRecords.pair("HTTP_COOKIE", "B").count + Self.maxBody)
        let more = read(
            head + FastCGIRecords.record(4) + FastCGIRecords.record(5, full) + FastCGIRecords.record(5, [1]))
        #expect(more.progress == .incomplete)
        #expect(more.body.isEmpty && more.bodyIsTooLarge)
        #expect(more.parameters[.cookie] == "B")
    }

    @Test(arguments: [
        ("65", FastCGIBody.tooLarge), ("2000000", .tooLarge), ("99999999999999999999", .tooLarge), ("64", .short),
        ("0", .whole([])), ("", .whole([])), ("-1", .short), ("2e6", .short),
    ])
    func `of a body that did not come, what was announced tells whether it is too large`(
        length: String, body: FastCGIBody
    ) {
        let parameters =
            FastCGIRecords.record(4, FastCGIRecords.pair("CONTENT_LENGTH", length)) + FastCGIRecords.record(4)
        let reader = read(FastCGIRecords.begin() + parameters + FastCGIRecords.record(5))
        #expect(reader.progress == .whole)
        #expect(FastCGIRequest(reader).body == body)
    }

    @Test func `nothing of a request is left in the next`() {
        var reader = RequestReader(maxBody: Self.maxBody)
        for end in 0...FastCGIRecords.request().count {
            _ = reader.read(Array(FastCGIRecords.request(role: 2, id: 9, padding: 3).prefix(end)).span)
            reader.reset()
            _ = reader.read(
                (FastCGIRecords.begin(id: 7) + FastCGIRecords.record(4, id: 7) + FastCGIRecords.record(5, id: 7)).span)
            #expect(reader.progress == .whole)
            #expect(reader.count == 32 && reader.requestID == 7 && reader.role == .responder)
            #expect(reader.kept == 0 && !reader.parameters.has(.cookie) && !reader.bodyIsTooLarge)
            reader.reset()
        }
    }

    @Test func `padding may follow any record`() {
        let head =
            FastCGIRecords.begin(padding: 8) + FastCGIRecords.record(4, FastCGIRecords.pair("A", "B"), padding: 1)
        let octets = head + FastCGIRecords.record(4, padding: 255) + FastCGIRecords.record(5, padding: 8)
        #expect(read(octets.dropLast()).progress == .incomplete)
        #expect(read(octets).progress == .whole)
        #expect(read(octets).count == octets.count)
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
        ("parameters after their end", start + FastCGIRecords.record(4) + FastCGIRecords.record(4, [0, 0])),
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
    func `whatever else comes is no request`(name: String, octets: [UInt8]) {
        #expect(read(octets).progress == .malformed, "\(name)")
    }

    @Test func `parameters may be cut into records anywhere`() {
        let parameters = FastCGIRecords.pair("A", String(repeating: "b", count: 200)) + FastCGIRecords.pair("", "")
        for cut in 1..<parameters.count {
            let first = FastCGIRecords.record(4, Array(parameters[..<cut]))
            let second = FastCGIRecords.record(4, Array(parameters[cut...]))
            let octets = Self.start + first + second + FastCGIRecords.record(4) + FastCGIRecords.record(5)
            #expect(read(octets).progress == .whole)
        }
    }

    @Test func `how the octets are cut makes no difference`() {
        var chance = Chance(state: 7)
        for _ in 0..<2000 {
            var octets = FastCGIRecords.request(padding: UInt8.random(in: 0...20, using: &chance))
            for _ in 0..<Int.random(in: 0...3, using: &chance) {
                octets[Int.random(in: octets.indices, using: &chance)] = .random(in: 0...255, using: &chance)
            }
            let once = read(octets)
            var pieces = RequestReader(maxBody: Self.maxBody)
            var rest = octets[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(.random(in: 1...40, using: &chance)))
                _ = pieces.read(piece.span)
                rest = rest.dropFirst(piece.count)
            }
            #expect(pieces.progress == once.progress)
            #expect(once.count <= octets.count)
            if once.progress == .malformed { continue }
            #expect(pieces.count == once.count && pieces.body == once.body && pieces.role == once.role)
            #expect(pieces.parameters[.cookie] == once.parameters[.cookie])
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
