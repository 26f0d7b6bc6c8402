import Synchronization

/// Remembers signatures that were found good, since checking one by EdDSA is slow: so many at most, the oldest half
/// forgotten at a time. It says nothing of expiry or sessions.
final class SignatureCache: Sendable {
    private struct Generations {
        var newer: Set<[UInt8]> = []
        var older: Set<[UInt8]> = []
    }

    private let half: Int
    private let generations = Mutex(Generations())

    /// Remembers at most `capacity` signatures.
    init(capacity: Int = 4096) {
        half = max(1, capacity / 2)
    }

    /// How many are remembered at this moment.
    var count: Int { generations.withLock { $0.newer.count + $0.older.count } }

    /// Whether the token of this digest was found good before.
    func contains(_ digest: [UInt8]) -> Bool {
        generations.withLock { $0.newer.contains(digest) || $0.older.contains(digest) }
    }

    /// Remembers the digest of a token whose signature is good.
    func insert(_ digest: [UInt8]) {
        generations.withLock { generations in
            if generations.newer.count >= half {
                generations.older = generations.newer
                generations.newer = []
            }
            generations.newer.insert(digest)
        }
    }
}
