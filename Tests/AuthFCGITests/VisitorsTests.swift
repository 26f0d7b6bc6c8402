import Testing

@testable import AuthFCGI

@Suite struct VisitorsTests {
    private let now = ContinuousClock.now

    private func visitor(_ connection: Int32, keeping count: Int, after seconds: Int = 5) -> Visitor {
        var reader = RequestReader(maxBody: 1 << 20)
        let head = FastCGIRecords.begin() + FastCGIRecords.record(4)
        _ = reader.read((head + FastCGIRecords.record(5, [UInt8](repeating: 1, count: count))).span)
        return Visitor(connection: connection, reader: reader, deadline: now + .seconds(seconds))
    }

    @Test func `they have no more room together than there is`() {
        var visitors = Visitors(room: 100)
        let first = [(1, 60), (2, 41), (3, 40)].map { visitors.enter(visitor($0, keeping: $1)) }
        #expect(first == [true, false, true])
        let left = [1, 1, 2].map { visitors.leave($0)?.reader.kept }
        #expect(left == [60, nil, nil])
        let second = [(2, 60), (4, 1)].map { visitors.enter(visitor($0, keeping: $1)) }
        #expect(second == [true, false])
    }

    @Test func `who comes again with more has what came before no longer`() {
        var visitors = Visitors(room: 100)
        for count in [10, 60, 100] {
            _ = visitors.leave(1)
            let isIn = visitors.enter(visitor(1, keeping: count))
            #expect(isIn)
        }
        _ = visitors.leave(1)
        #expect(visitors.isEmpty)
        let isIn = visitors.enter(visitor(2, keeping: 100))
        #expect(isIn)
    }

    @Test func `those are late whose deadline is past`() {
        var visitors = Visitors(room: 100)
        for connection in 1...5 as ClosedRange<Int32> {
            _ = visitors.enter(visitor(connection, keeping: 1, after: Int(connection)))
        }
        #expect(visitors.late(at: now).isEmpty)
        #expect(visitors.late(at: now + .seconds(3)).sorted() == [1, 2, 3])
    }
}
