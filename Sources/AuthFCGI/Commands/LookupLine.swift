import AuthDomain

/// Those who wait for a login session to be looked for, and how many look-ups are under way. One looks for the sessions of all
/// who wait (`docs/decisions/0022-gathered-look-ups.md`), and begins after each was asked for: nothing is remembered.
struct LookupLine<Waiting: Sendable>: Sendable {
    /// How many look-ups are under way before anybody waits.
    private let atOnce: Int
    /// As long as one looks for fewer sessions than this on average, so many are looked for before anybody waits: a few
    /// clients have their answers sooner each by a look-up of its own.
    private let few: Int
    /// What one takes at most, as a rule: nobody waits for one that takes longer.
    private let usual: Duration
    private var underWay = 0
    /// The sessions that are looked for by those.
    private var asked = 0
    /// How many sessions one looks for on average, the last ones above all, in sixteenths.
    private var crowd = 16
    /// When the last one began.
    private var began = ContinuousClock.now
    private var waiting: [(question: LoginQuestion, request: Waiting)] = []

    init(atOnce: Int, few: Int, usual: Duration) {
        self.atOnce = max(1, atOnce)
        self.few = few
        self.usual = usual
    }

    /// How many wait.
    var count: Int { waiting.count }

    /// Waits for the next look-up that the question goes with.
    mutating func join(_ newcomer: Waiting, asking question: LoginQuestion) { waiting.append((question, newcomer)) }

    /// Begins a look-up for whoever has waited longest and all whose questions go with that; they leave the line.
    ///
    /// - Returns: those for whom it is, `LoginQuestion.most` at most; nobody when nobody waits, or they wait for others still.
    mutating func begin() -> [Waiting] {
        guard let first = waiting.first, underWay < atOnce || isThin || ContinuousClock.now - began >= usual else {
            return []
        }
        began = .now
        let companions = companions(of: first.question)
        underWay += 1
        asked += companions.count
        crowd += companions.count - crowd / 16
        return companions
    }

    /// Ends a look-up that was for so many.
    mutating func end(_ count: Int) {
        underWay -= 1
        asked -= count
    }

    private var isThin: Bool { crowd < few * 16 && asked < few }

    private mutating func companions(of question: LoginQuestion) -> [Waiting] {
        var companions: [Waiting] = []
        companions.reserveCapacity(min(waiting.count, LoginQuestion.most))
        waiting.removeAll { place in
            guard companions.count < LoginQuestion.most, place.question.goes(with: question) else { return false }
            companions.append(place.request)
            return true
        }
        return companions
    }
}
