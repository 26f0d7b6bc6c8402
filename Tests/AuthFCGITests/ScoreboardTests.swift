import Testing

@testable import AuthFCGI

@Suite struct ScoreboardTests {
    @Test func `who asks for a name gets the same series, and no other name does`() throws {
        let board = try Scoreboard()
        for number in 0..<200 {
            let series = try #require(board.series("name \(number)"))
            for _ in 0...number { series.count(.ok, microseconds: 1_000) }
        }
        for number in 0..<200 {
            let series = try #require(board.series("name \(number)"))
            #expect(series.answers.map(\.count) == [number + 1])
            #expect(series.microseconds == (number + 1) * 1_000)
        }
    }

    @Test(arguments: [(0, 0), (1_000, 0), (1_001, 1), (10_000_000, 12), (10_000_001, 13), (Int.max, 13)])
    func `a duration counts in the first bucket that it fits`(microseconds: Int, bucket: Int) throws {
        let series = try #require(Scoreboard().series("x"))
        series.count(.found, microseconds: microseconds)
        #expect(series.upTo == Array(repeating: 0, count: bucket) + Array(repeating: 1, count: 14 - bucket))
        #expect(series.answers.map(\.status) == [.found])
    }

    @Test func `a worker that is gone leaves its place and its totals`() throws {
        let board = try Scoreboard()
        let first = try #require(board.gauges(of: 11))
        let second = try #require(board.gauges(of: 12))
        first.set(.hashesRunning, to: 2)
        second.add(3, to: .hashesRunning)
        board.count(.workerStarts)
        #expect((board.workers, board.sum(.hashesRunning)) == (2, 5))
        board.release(11)
        board.release(99)
        #expect((board.workers, board.sum(.hashesRunning), board.total(.workerStarts)) == (1, 3, 1))
        _ = board.gauges(of: 13)
        #expect((board.workers, board.sum(.hashesRunning)) == (2, 3))
    }

    @Test func `more names or workers than there is room for are not counted`() throws {
        let board = try Scoreboard()
        #expect((0..<400).count { board.series("\($0)") != nil } == 256)
        #expect((1...600).count { board.gauges(of: $0) != nil } == 512)
    }
}
