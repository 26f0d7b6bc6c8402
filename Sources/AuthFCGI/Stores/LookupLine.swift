/// Who waits for a statement that looks for sessions, and how many of these are under way.
struct LookupLine {
    /// How many sessions one statement looks for at most.
    static let most = 16

    /// How many statements are under way before anybody waits.
    private let atOnce: Int
    /// As long as statements look for fewer sessions than this on average, so many are looked for before anybody waits.
    private let few: Int
    private var underWay = 0
    /// The sessions that are looked for by those statements.
    private var asked = 0
    /// How many sessions a statement looks for on average, the last ones above all, in sixteenths.
    private var crowd = 16
    /// When the last one began.
    private var began = ContinuousClock.now
    private var places: [LookupPlace] = []

    init(atOnce: Int, few: Int) {
        self.atOnce = max(1, atOnce)
        self.few = few
    }

    /// Whether as many statements are under way as may be, and the last one began less than `usual` ago.
    func isMoving(within usual: Duration) -> Bool {
        underWay >= atOnce && (crowd >= few * 16 || asked >= few) && ContinuousClock.now - began < usual
    }

    /// Waits until it is called.
    mutating func join(_ place: LookupPlace) { places.append(place) }

    /// Begins a statement for a question; those whose questions go with it leave the line and are answered with it.
    mutating func begin(_ question: LoginQuestion) -> [LookupPlace] {
        let companions = companions(of: question)
        let count = companions.count + 1
        underWay += 1
        asked += count
        crowd += count - crowd / 16
        return companions
    }

    /// The same for a place that has waited for too long; nil when it has been called already.
    mutating func leave(_ place: LookupPlace) -> [LookupPlace]? {
        guard let index = places.firstIndex(where: { $0 === place }) else { return nil }
        places.remove(at: index)
        return begin(place.question)
    }

    /// Ends a statement that looked for so many sessions. Who has waited longest, if anybody waits, begins the next one.
    mutating func end(_ count: Int) -> (LookupPlace, with: [LookupPlace])? {
        underWay -= 1
        asked -= count
        guard let first = places.first else { return nil }
        places.removeFirst()
        return (first, begin(first.question))
    }

    private mutating func companions(of question: LoginQuestion) -> [LookupPlace] {
        began = .now
        var companions: [LookupPlace] = []
        places.removeAll { place in
            guard companions.count < Self.most - 1, place.question.goes(with: question) else { return false }
            companions.append(place)
            return true
        }
        return companions
    }
}
