import Glibc

/// What all workers of a service count together. Totals outlive the worker that counted; what a worker has at the moment
/// goes with it.
struct Scoreboard: Sendable {
    /// What is counted from the service's start on.
    enum Total: Int, CaseIterable { case workerStarts, databaseErrors, budgetRefusals, rangeRefusals }

    /// What a worker has at the moment.
    enum Gauge: Int, CaseIterable {
        case hashesRunning = 1
        case hashesWaiting, databaseConnections
    }

    /// Workers whose gauges there is room for: those of two generations.
    private static let workers = 512
    private static let workerWidth = 4
    private static let blocks = 256
    private static let firstTotal = workers * workerWidth
    private static let firstBlock = firstTotal + Total.allCases.count
    /// How many numbers a board has.
    static let count = firstBlock + blocks * RequestSeries.width

    let words: SharedWords

    /// A board of its own.
    init() throws(FastCGIError) {
        words = try SharedWords(count: Self.count)
    }

    /// The board in a file that `init()` made, in this process or another.
    init(sharing file: consuming Descriptor) throws(FastCGIError) {
        words = try SharedWords(file, count: Self.count)
    }

    /// Counts one event.
    func count(_ total: Total) { words.add(1, at: Self.firstTotal + total.rawValue) }

    /// How many events there were.
    func total(_ total: Total) -> Int { words[Self.firstTotal + total.rawValue] }

    /// Where a worker shows what it has. Nil when there are too many workers: one is not seen then, and nothing else.
    func gauges(of process: pid_t) -> WorkerGauges? {
        let place = Self.places.first { words.claim($0, for: Int(process)) }
        return place.map { WorkerGauges(words: words, place: $0) }
    }

    /// Forgets what a worker had that has ended.
    func release(_ process: pid_t) {
        guard let place = Self.places.first(where: { words[$0] == Int(process) }) else { return }
        for gauge in Gauge.allCases { words.set(0, at: place + gauge.rawValue) }
        words.set(0, at: place)
    }

    /// How many workers there are.
    var workers: Int { Self.places.count { words[$0] != 0 } }

    /// What all workers have together.
    func sum(_ gauge: Gauge) -> Int { Self.places.reduce(0) { $0 + words[$1 + gauge.rawValue] } }

    /// The requests of a name: the same for every process that asks for it. Nil when there are too many names.
    func series(_ name: String) -> RequestSeries? {
        let key = Self.key(name)
        let start = Int(UInt(bitPattern: key) % UInt(Self.blocks))
        for step in 0..<Self.blocks {
            let place = Self.firstBlock + (start + step) % Self.blocks * RequestSeries.width
            if words.claim(place, for: key) { return RequestSeries(words: words, place: place + 1) }
        }
        return nil
    }

    private static var places: StrideTo<Int> { stride(from: 0, to: firstTotal, by: workerWidth) }

    /// FNV-1a, and never 0.
    private static func key(_ name: String) -> Int {
        var hash: UInt = 0xCBF2_9CE4_8422_2325
        for octet in name.utf8 { hash = (hash ^ UInt(octet)) &* 0x100_0000_01B3 }
        return Int(bitPattern: hash | 1)
    }
}
