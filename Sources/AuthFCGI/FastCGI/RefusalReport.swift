/// Tells of peers that were refused, of one a minute at most: how often they come is up to them.
final class RefusalReport: Sendable {
    private static let pause: Duration = .seconds(60)

    private let tell: @Sendable (Peer) -> Void
    private let next = Locked<ContinuousClock.Instant?>(nil)

    /// - Parameter tell: called on the thread that refused the peer.
    init(_ tell: @escaping @Sendable (Peer) -> Void) {
        self.tell = tell
    }

    /// Tells of this peer, unless another was told of within the last minute.
    func add(_ peer: Peer, at now: ContinuousClock.Instant = .now) {
        let isDue = next.withLock { next in
            if let next, now < next { return false }
            next = now + Self.pause
            return true
        }
        if isDue { tell(peer) }
    }
}
