/// Remembers signatures that were found good, since checking one by EdDSA is slow: so many at most, for each that comes
/// when its place is taken one of eight forgotten. It says nothing of expiry or sessions.
///
/// The places are made once, and each digest has eight of them by its first octets, under one lock of sixteen: so no
/// thread waits for another's table to grow, and seldom for another at all.
final class SignatureCache: Sendable {
    private static let ways = 8
    private static let most = 16

    private struct Places {
        var digests: [[UInt8]?]
        /// Which of its eight places the next digest gets that finds all taken.
        var turn = 0

        /// The eight places of a digest of this number.
        func range(_ number: Int) -> Range<Int> {
            let start = number % (digests.count / SignatureCache.ways) * SignatureCache.ways
            return start..<start + SignatureCache.ways
        }
    }

    private let parts: [Locked<Places>]

    /// Remembers at most `capacity` signatures, in whole eights; eight at least.
    init(capacity: Int = 4096) {
        let eights = max(1, capacity / Self.ways)
        let count = min(eights, Self.most)
        parts = (0..<count).map { _ in
            Locked(Places(digests: Array(repeating: nil, count: eights / count * Self.ways)))
        }
    }

    /// How many are remembered at this moment.
    var count: Int {
        parts.reduce(0) { sum, part in sum + part.withLock { $0.digests.count { $0 != nil } } }
    }

    /// Whether the token of this digest was found good before.
    func contains(_ digest: [UInt8]) -> Bool {
        let number = Self.number(of: digest)
        return parts[number % parts.count].withLock { places in
            places.range(number / parts.count).contains { places.digests[$0] == digest }
        }
    }

    /// Remembers the digest of a token whose signature is good.
    func insert(_ digest: [UInt8]) {
        let number = Self.number(of: digest)
        parts[number % parts.count].withLock { places in
            let range = places.range(number / parts.count)
            if let place = range.first(where: { places.digests[$0] == nil || places.digests[$0] == digest }) {
                places.digests[place] = digest
            } else {
                places.digests[range.lowerBound + places.turn] = digest
                places.turn = (places.turn + 1) % Self.ways
            }
        }
    }

    private static func number(of digest: [UInt8]) -> Int { digest.prefix(4).reduce(0) { $0 << 8 | Int($1) } }
}
