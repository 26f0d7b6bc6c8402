import CSystem
import Glibc
import Synchronization

/// Where connections wait for a thread: the listeners, the idle connections, and the rule when they are closed.
final class Reception: Sendable {
    /// How long accepting rests when the system has no descriptor or memory left, in microseconds.
    private static let rest: UInt32 = 50_000
    /// How many connections a retiring worker passes on at once.
    private static let most = 256

    private let epoll: Epoll
    /// Rung for all threads to end; never silent again.
    private let halt: Bell
    private let listeners: [FastCGIListener]
    private let handover: Handover?
    private let settings: FastCGISettings
    private let refusals: RefusalReport
    private let isAccepting = Atomic(true)
    private let isRetiring = Atomic(false)

    /// Who has which connection.
    let connections = Connections()

    /// A reception that these listeners lead to.
    init(listeners: [FastCGIListener], handover: Handover?, settings: FastCGISettings) throws(FastCGIError) {
        epoll = try Epoll()
        halt = try Bell()
        self.listeners = listeners
        self.handover = handover
        self.settings = settings
        refusals = RefusalReport(settings.whenRefused)
        guard epoll.add(.bell, on: halt.number) else { throw .system("epoll_ctl", code: errno) }
        for listener in listeners where !epoll.add(.listener(listener.number), on: listener.number) {
            throw .system("epoll_ctl", code: errno)
        }
        if let handover, !epoll.add(.handover(handover.readable), on: handover.readable) {
            throw .system("epoll_ctl", code: errno)
        }
    }

    /// Waits for something to do. A thread that lingers lets others run once before it sleeps: for what they bring meanwhile
    /// nobody has to be woken.
    /// - Parameter patience: how long it waits at most; nil is for ever.
    /// - Returns: nil when nothing came, or a signal did.
    func next(lingering: Bool, within patience: Duration?) -> Epoll.Event? {
        if lingering {
            if let event = epoll.wait(milliseconds: 0) { return event }
            sched_yield()
            if let event = epoll.wait(milliseconds: 0) { return event }
        }
        return epoll.wait(milliseconds: patience.map { Int32($0 / .milliseconds(1)) } ?? -1)
    }

    /// Takes one connection that the policy admits. It is in the caller's hands.
    func accept(from listener: Int32) -> Int32? {
        let connection = system_accept(listener)
        switch -connection {
        case EMFILE, ENFILE, ENOMEM, ENOBUFS:
            epoll.remove(listener)
            usleep(Self.rest)
            if isAccepting.load(ordering: .acquiring) { _ = epoll.add(.listener(listener), on: listener) }
            return nil
        case 1...:
            return nil
        default:
            break
        }
        switch settings.peers.verdict(on: connection) {
        case .admitted: break
        case .refused(let peer):
            refusals.add(peer)
            Glibc.close(connection)
            return nil
        case .unknown:
            Glibc.close(connection)
            return nil
        }
        let (seconds, attoseconds) = settings.requestTimeout.components
        _ = system_set_timeouts(connection, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
        // Fails on a unix socket, which has no such delay.
        _ = system_set_option(connection, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        connections.open(connection)
        return connection
    }

    /// Takes a connection from a retiring worker.
    func takeOver() {
        guard let connection = handover?.take() else { return }
        connections.open(connection)
        leave(connection)
    }

    /// Lets a connection wait for its next request; when the worker retires, with another worker. True when something has
    /// come already, and the caller has the connection still.
    @discardableResult
    func leave(_ connection: Int32) -> Bool {
        switch connections.leave(connection) {
        case .left: return false
        case .called: return true
        case .unwatched:
            if epoll.arm(.connection(connection), on: connection) { return false }
            guard connections.claim(connection) else { return false }
        case .closing:
            if isRetiring.load(ordering: .acquiring) {
                epoll.remove(connection)
                _ = handover?.give(connection)
            }
        }
        close(connection)
        return false
    }

    /// Gives a connection to the doorkeeper.
    func entrust(_ connection: Int32) {
        if connections.entrust(connection) { epoll.remove(connection) }
    }

    /// Wakes a thread for a request that has been gathered; false when the system refuses.
    func deliver(_ connection: Int32) -> Bool {
        epoll.arm(.arrival(connection), on: connection)
    }

    /// Closes a connection that is in the caller's hands.
    func close(_ connection: Int32) {
        connections.forget(connection)
        Glibc.close(connection)
    }

    /// Takes no new connection any more, save those that wait at a socket which ends with this program.
    ///
    /// One process is woken for what comes (EPOLLEXCLUSIVE), and a wake-up that met this one as it turned away is lost.
    /// So a retiring worker looks once more, and passes on what it finds: that wakes another.
    func stopAccepting(retiring: Bool) {
        isAccepting.store(false, ordering: .releasing)
        isRetiring.store(retiring, ordering: .releasing)
        if let handover {
            epoll.remove(handover.readable)
            if retiring { handover.passOn() }
        }
        for listener in listeners {
            epoll.remove(listener.number)
            guard retiring || listener.endsWithProgram else { continue }
            var count = 0
            while !retiring || count < Self.most, let connection = accept(from: listener.number) {
                leave(connection)
                count += 1
            }
        }
    }

    /// Closes the idle connections or gives them away, and keeps none from now on. When they are to be closed, one
    /// whose request waits for a thread is not idle.
    func dismiss() {
        let isStopping = !isRetiring.load(ordering: .acquiring)
        for connection in connections.claimAllForClosing() {
            if isStopping, hasOctets(connection) {
                connections.leaveLast(connection)
                if epoll.arm(.connection(connection), on: connection) { continue }
                guard connections.claim(connection) else { continue }
            }
            leave(connection)
        }
    }

    private func hasOctets(_ connection: Int32) -> Bool {
        var octet: UInt8 = 0
        return unsafe system_peek(connection, &octet, 1) > 0
    }

    /// Ends all threads that wait.
    func close() { halt.ring() }
}
