/// A connection whose request is on its way.
struct Visitor: Sendable {
    let connection: Int32
    var reader: RequestReader
    /// When the request must be whole.
    let deadline: ContinuousClock.Instant
}

/// Those whose requests are on their way, and how much is held for them.
struct Visitors {
    private let room: Int
    private var held = 0
    private var visitors: [Int32: Visitor] = [:]

    /// Nobody; together they may have so many octets kept.
    init(room: Int) { self.room = room }

    var isEmpty: Bool { visitors.isEmpty }

    /// Lets one in, unless there is no room for what was read of its request.
    mutating func enter(_ visitor: Visitor) -> Bool {
        guard held + visitor.reader.kept <= room else { return false }
        held += visitor.reader.kept
        visitors[visitor.connection] = visitor
        return true
    }

    /// Lets one go; nil when it is not there.
    mutating func leave(_ connection: Int32) -> Visitor? {
        guard let visitor = visitors.removeValue(forKey: connection) else { return nil }
        held -= visitor.reader.kept
        return visitor
    }

    /// The connections of those whose deadline is past.
    func late(at moment: ContinuousClock.Instant) -> [Int32] {
        visitors.values.filter { $0.deadline <= moment }.map(\.connection)
    }
}
