/// What a courier leaves to the one that the supervisor starts after its death: the name of its leases, and which messages
/// were delivered that the database does not know of yet. It is in memory that outlives the courier, not the machine.
struct CourierLegacy: Sendable {
    /// Messages of one medium that there is room for: more than are on their way at once.
    private static let placesPerMedium = 32
    private static let firstPlace = 2
    /// How many numbers a legacy has.
    static let count = firstPlace + Medium.allCases.count * placesPerMedium

    let words: SharedWords

    /// A legacy of nobody.
    init() throws(FastCGIError) {
        words = try SharedWords(count: Self.count)
    }

    /// The legacy in a file of `SharedWords.file(for: CourierLegacy.count)`.
    init(sharing file: consuming Descriptor) throws(FastCGIError) {
        words = try SharedWords(file, count: Self.count)
    }

    /// The name of the leases, 16 octets: that of the first courier, which takes `fresh`. Called before anything is leased.
    func lease(orElse fresh: [UInt8]) -> [UInt8] {
        if words[0] == 0 || words[1] == 0 {
            for place in 0...1 {
                let octets = fresh.dropFirst(place * 8).prefix(8)
                words.set(Int(bitPattern: octets.reduce(0) { $0 << 8 | UInt($1) }), at: place)
            }
        }
        return (0...1).flatMap { place in
            stride(from: UInt(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: words[place] >> Int($0)) }
        }
    }

    /// Notes that a message was delivered. Without room it is not noted, and nothing else happens.
    func note(_ id: Int64, _ medium: Medium) {
        _ = Self.places(of: medium).first { words.claim($0, for: Int(id)) }
    }

    /// Forgets a message: the database knows of it.
    func forget(_ id: Int64, _ medium: Medium) {
        for place in Self.places(of: medium) where words[place] == Int(id) { words.set(0, at: place) }
    }

    /// The messages that were delivered, and may wait in the database all the same.
    func delivered(_ medium: Medium) -> [Int64] {
        Self.places(of: medium).map { Int64(words[$0]) }.filter { $0 != 0 }
    }

    private static func places(of medium: Medium) -> Range<Int> {
        let start = firstPlace + (Medium.allCases.firstIndex(of: medium) ?? 0) * placesPerMedium
        return start..<start + placesPerMedium
    }
}
