import CSystem
import Glibc
import Synchronization

/// Gathers the requests that do not come at once, on one thread of its own, so that no other waits for them.
final class Doorkeeper: Sendable {
    /// A request gathered outside the threads that answer.
    struct Arrival: Sendable {
        let reader: RequestReader
        /// Whether the connection can be used again.
        let isSound: Bool
    }

    /// Octets of one request that are read and thrown away when its body is too large.
    private static let patience = 16 << 20
    /// Octets held for all requests together.
    private static let capacity = 64 << 20
    private static let tick: Int32 = 100

    private let epoll: Epoll
    private let bell: Bell
    private let reception: Reception
    private let settings: FastCGISettings
    private let newcomers = Locked<[Visitor]>([])
    private let arrivals = Locked<[Int32: Arrival]>([:])
    private let isHurrying = Atomic(false)

    /// A doorkeeper that brings whole requests to this reception.
    init(reception: Reception, settings: FastCGISettings) throws(FastCGIError) {
        epoll = try Epoll()
        bell = try Bell()
        self.reception = reception
        self.settings = settings
        guard epoll.add(.bell, on: bell.number) else { throw .system("epoll_ctl", code: errno) }
    }

    /// Takes a connection on which the beginning of a request was read.
    func take(_ connection: Int32, _ reader: RequestReader) {
        reception.entrust(connection)
        let visitor = Visitor(connection: connection, reader: reader, deadline: .now + settings.requestTimeout)
        newcomers.withLock { $0.append(visitor) }
        bell.ring()
    }

    /// The request gathered from this connection, which is the caller's from now on.
    func arrival(from connection: Int32) -> Arrival? {
        arrivals.withLock { $0.removeValue(forKey: connection) }
    }

    /// Waits half a second at most for what is incomplete now.
    func hurry() { isHurrying.store(true, ordering: .releasing) }

    /// Gathers for ever.
    func run() {
        var visitors = Visitors(room: Self.capacity)
        var chunk = [UInt8](repeating: 0, count: 65536)
        var nextSweep = ContinuousClock.now
        while true {
            switch epoll.wait(milliseconds: visitors.isEmpty ? -1 : Self.tick) {
            case .bell:
                bell.wait(atMost: .zero)
                for visitor in takeNewcomers() {
                    let isIn = epoll.watch(visitor.connection) && visitors.enter(visitor)
                    if !isIn { dismiss(visitor.connection) }
                }
            case .connection(let connection):
                if var visitor = visitors.leave(connection), listen(to: &visitor, into: &chunk),
                    !visitors.enter(visitor)
                {
                    dismiss(connection)
                }
            case .listener, .arrival, .handover, nil:
                break
            }
            let now = ContinuousClock.now
            if now < nextSweep { continue }
            nextSweep = now + .milliseconds(Int(Self.tick))
            let limit = isHurrying.load(ordering: .acquiring) ? now + settings.requestTimeout - .milliseconds(500) : now
            for connection in visitors.late(at: limit) {
                _ = visitors.leave(connection)
                dismiss(connection)
            }
        }
    }
}

extension Doorkeeper {
    private func takeNewcomers() -> [Visitor] {
        newcomers.withLock { newcomers in
            defer { newcomers = [] }
            return newcomers
        }
    }

    /// Reads what has come; false when the visitor has left, one way or the other.
    private func listen(to visitor: inout Visitor, into chunk: inout [UInt8]) -> Bool {
        let connection = visitor.connection
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            unsafe system_receive(connection, buffer.baseAddress, buffer.count)
        }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return true }
        guard count > 0 else { return dismiss(connection) }
        let read = visitor.reader.read(chunk.span.extracting(0..<count))
        switch visitor.reader.progress {
        case .malformed:
            return dismiss(connection)
        case .incomplete:
            if visitor.reader.count <= Self.patience { return true }
            deliver(visitor, isSound: false)
        case .whole:
            deliver(visitor, isSound: read == count)
        }
        return false
    }

    private func deliver(_ visitor: Visitor, isSound: Bool) {
        let connection = visitor.connection
        epoll.remove(connection)
        arrivals.withLock { $0[connection] = Arrival(reader: visitor.reader, isSound: isSound) }
        if reception.deliver(connection) { return }
        _ = arrival(from: connection)
        reception.close(connection)
    }

    @discardableResult
    private func dismiss(_ connection: Int32) -> Bool {
        epoll.remove(connection)
        reception.close(connection)
        return false
    }
}
