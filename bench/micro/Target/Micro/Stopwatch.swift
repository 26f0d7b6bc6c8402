import Glibc

/// Measures one operation after the other, and prints each as a line of JSON.
struct Stopwatch {
    /// How long each operation is measured.
    let time: Duration
    /// How many allocations the process has made, by the library that counts them; nil when it is not loaded.
    private let allocations = Self.counter()
    /// What the operations gave, so that none can be left out as useless.
    private(set) var sum = 0

    /// Measures for so long each.
    init(time: Duration) {
        self.time = time
    }

    /// Measures an operation, which gives any number that depends on all it did: nanoseconds of
    /// processor time are the least of ten parts' means, allocations the mean of many.
    mutating func measure(_ name: String, _ operation: () throws -> Int) rethrows {
        let part = time / 10
        var count = 1
        while try run(count, operation) < part / 8 { count *= 2 }
        let perPart = max(1, count * 8)
        var least = Duration.seconds(1_000_000)
        for _ in 0..<10 { least = min(least, try run(perPart, operation) / perPart) }
        var line: [JSONObject.Member] = [.init(name: "name", value: .string(name))]
        line.append(.init(name: "ns", value: .number("\(Double(least.components.attoseconds / 1_000_000) / 1000)")))
        if let allocations {
            let counted = min(1000, perPart)
            let before = allocations()
            _ = try run(counted, operation)
            let each = Double(allocations() - before) / Double(counted)
            line.append(.init(name: "allocations", value: .number("\((each * 10).rounded() / 10)")))
        }
        print(String(decoding: JSONValue.object(JSONObject(members: line)).octets, as: UTF8.self))
    }

    private mutating func run(_ count: Int, _ operation: () throws -> Int) rethrows -> Duration {
        let start = Self.spent
        for _ in 0..<count { sum &+= try operation() }
        return Self.spent - start
    }

    /// The processor time of this thread so far: unlike a clock's, it does not count what others do in between.
    private static var spent: Duration {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func counter() -> (@convention(c) () -> UInt64)? {
        guard let symbol = unsafe dlsym(nil, "bench_allocations") else { return nil }
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> UInt64).self)
    }
}
