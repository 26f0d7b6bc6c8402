/// How many requests of one kind were answered, with which statuses, and how long they took.
struct RequestSeries: Sendable {
    /// The statuses that are counted.
    static let statuses = HTTPStatus.allCases
    /// The upper bounds of the histogram's buckets, in microseconds; what takes longer has a bucket of its own.
    static let bounds = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        10_000_000,
    ]
    /// How many numbers a series takes: its key, the statuses, the buckets, the sum.
    static let width = 1 + statuses.count + bounds.count + 1 + 1

    let words: SharedWords
    /// Where the first number after the key stands.
    let place: Int

    private var firstBucket: Int { place + Self.statuses.count }
    private var sumPlace: Int { firstBucket + Self.bounds.count + 1 }

    /// Counts a request.
    func count(_ status: HTTPStatus, microseconds: Int) {
        if let index = Self.statuses.firstIndex(of: status) { words.add(1, at: place + index) }
        words.add(1, at: firstBucket + (Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count))
        words.add(microseconds, at: sumPlace)
    }

    /// How many requests were answered with each status; those without any are left out.
    var answers: [(status: HTTPStatus, count: Int)] {
        Self.statuses.enumerated().map { ($1, words[place + $0]) }.filter { $0.count > 0 }
    }

    /// How many took at most each of `bounds`, and last how many there were.
    var upTo: [Int] {
        var total = 0
        return (0...Self.bounds.count).map { index in
            total += words[firstBucket + index]
            return total
        }
    }

    /// How long all took together, in microseconds.
    var microseconds: Int { words[sumPlace] }
}
