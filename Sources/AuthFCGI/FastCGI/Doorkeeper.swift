import CSystem
import Glibc
import Synchronization

/// Gathers the requests that do not come at once, on one thread of its own, so that no other waits for them.
final class Doorkeeper: Sendable {
    /// A request gathered outside the connection.
    struct Arrival: Sendable {
        /// The request; without its standard input when that is too large.
        let octets: [UInt8]
        /// What was found in it.
        let walker: RecordWalker
        /// Whether the connection can be used again.
        let isSound: Bool
    }

    /// A connection whose request is on its way.
    private struct Visitor {
        var walker = RecordWalker()
        var octets: [UInt8] = []
        let deadline: ContinuousClock.Instant
    }

    /// Octets of one request that are read and thrown away when its body is too large.
    private static let patience = 16 << 20
    /// Octets held for all requests together.
    private static let capacity = 64 << 20
    private static let tick: Int32 = 100

    private let epoll: Epoll
    private let reception: Reception
    private let settings: FastCGISettings
    private let arrivals = Locked<[Int32: Arrival]>([:])
    private let isHurrying = Atomic(false)

    /// A doorkeeper that brings whole requests to this reception.
    init(reception: Reception, settings: FastCGISettings) throws(FastCGIError) {
        epoll = try Epoll()
        self.reception = reception
        self.settings = settings
    }

    /// Takes a connection with the beginning of a request, nothing of it read yet.
    func take(_ connection: Int32) {
        reception.entrust(connection)
        if !epoll.watch(connection) { reception.close(connection) }
    }

    /// The request gathered from this connection, which is the caller's from now on.
    func arrival(from connection: Int32) -> Arrival? {
        arrivals.withLock { $0.removeValue(forKey: connection) }
    }

    /// Waits half a second at most for what is incomplete now.
    func hurry() { isHurrying.store(true, ordering: .releasing) }

    /// Gathers for ever.
    func run() {
        var visitors: [Int32: Visitor] = [:]
        var held = 0
        var chunk = [UInt8](repeating: 0, count: 65536)
        var nextSweep = ContinuousClock.now
        while true {
            let event = epoll.wait(milliseconds: visitors.isEmpty ? -1 : Self.tick)
            if case .connection(let connection) = event {
                let deadline = visitors[connection]?.deadline ?? .now + settings.requestTimeout
                var visitor = visitors.removeValue(forKey: connection) ?? Visitor(deadline: deadline)
                held -= visitor.octets.count
                if listen(to: &visitor, on: connection, into: &chunk) {
                    if held + visitor.octets.count <= Self.capacity {
                        held += visitor.octets.count
                        visitors[connection] = visitor
                    } else {
                        dismiss(connection)
                    }
                }
            }
            let now = ContinuousClock.now
            if now < nextSweep { continue }
            nextSweep = now + .milliseconds(Int(Self.tick))
            let limit = isHurrying.load(ordering: .acquiring) ? now + settings.requestTimeout - .milliseconds(500) : now
            for (connection, visitor) in visitors where visitor.deadline <= limit {
                held -= visitor.octets.count
                visitors[connection] = nil
                dismiss(connection)
            }
        }
    }
}

extension Doorkeeper {
    /// Reads what has come; false when the visitor has left, one way or the other.
    private func listen(to visitor: inout Visitor, on connection: Int32, into chunk: inout [UInt8]) -> Bool {
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            unsafe system_receive(connection, buffer.baseAddress, buffer.count)
        }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return true }
        guard count > 0 else { return dismiss(connection) }
        let before = visitor.walker.walked
        let progress = visitor.walker.walk(chunk.span.extracting(0..<count))
        let kept = visitor.walker.walked - before
        let isTooLarge = visitor.walker.bodyCount > settings.maxBody
        if !isTooLarge || before < visitor.walker.parametersEnd ?? 0 { visitor.octets += chunk[..<kept] }
        if isTooLarge, let end = visitor.walker.parametersEnd, visitor.octets.count > end {
            visitor.octets.removeLast(visitor.octets.count - end)
        }
        switch progress {
        case .malformed:
            return dismiss(connection)
        case .incomplete:
            if visitor.walker.walked <= Self.patience { return true }
            deliver(visitor, on: connection, isSound: false)
        case .whole:
            deliver(visitor, on: connection, isSound: kept == count)
        }
        return false
    }

    private func deliver(_ visitor: Visitor, on connection: Int32, isSound: Bool) {
        epoll.remove(connection)
        let arrival = Arrival(octets: visitor.octets, walker: visitor.walker, isSound: isSound)
        arrivals.withLock { $0[connection] = arrival }
        if reception.deliver(connection) { return }
        _ = self.arrival(from: connection)
        reception.close(connection)
    }

    @discardableResult
    private func dismiss(_ connection: Int32) -> Bool {
        epoll.remove(connection)
        reception.close(connection)
        return false
    }
}
