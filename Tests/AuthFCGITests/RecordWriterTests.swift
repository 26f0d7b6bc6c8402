import Testing

@testable import AuthFCGI

@Suite struct RecordWriterTests {
    /// What a web server makes of records: their kinds and contents.
    private func parsed(_ octets: [UInt8]) -> [(kind: UInt8, id: UInt16, content: [UInt8])] {
        var rest = octets[...]
        var found: [(kind: UInt8, id: UInt16, content: [UInt8])] = []
        while rest.count >= 8 {
            let header = Array(rest.prefix(8))
            let count = Int(header[4]) << 8 | Int(header[5])
            found.append(
                (header[1], UInt16(header[2]) << 8 | UInt16(header[3]), Array(rest.dropFirst(8).prefix(count))))
            rest = rest.dropFirst(8 + count + Int(header[6]))
        }
        return found
    }

    @Test(arguments: [0, 1, 500, 65_535, 65_536, 200_000])
    func `an answer is its output, the output's end and the request's`(count: Int) {
        let output = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let records = parsed(RecordWriter.records(output, of: 513))
        #expect(records.allSatisfy { $0.id == 513 })
        #expect(records.flatMap { $0.kind == 6 ? $0.content : [] } == output)
        #expect(records.dropLast(2).allSatisfy { $0.kind == 6 && !$0.content.isEmpty })
        #expect(records.suffix(2).map(\.kind) == [6, 3])
        #expect(records.suffix(2).map(\.content) == [[], [UInt8](repeating: 0, count: 8)])
    }
}
