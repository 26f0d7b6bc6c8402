import Glibc

/// How long the client library may wait at its socket. The library's own time-outs are whole seconds for each read; this
/// is a moment for the whole of a call, and beyond that a look, after a second of silence, whether the server still
/// lives: a stopped one is given up at once, a busy one is waited for.
@safe final class SocketWatch {
    /// When a server that has said nothing is first asked whether it lives, and how often then.
    static let silence: Duration = .seconds(1)
    /// How long a call waits at the socket before it counts as held up.
    static let patience: Duration = .milliseconds(5)

    /// Called on the waiting thread, once a call, when it is held up.
    var whenHeldUp: () -> Void = {}
    /// Asked during a silence; nil for a connection that is not worth asking for.
    var isServerAlive: (() -> Bool)?

    /// The moments of one call.
    private struct Moments {
        /// When the call is over at the latest.
        var deadline = ContinuousClock.now
        var nextProbe: ContinuousClock.Instant?
        /// When the call is held up; nil once that was said.
        var heldUpFrom: ContinuousClock.Instant?
    }

    private var moments = Moments()

    /// Whether a call ended because nothing came in time. It stays so: such a session is of no more use.
    private(set) var timedOut = false

    /// Runs one call of the library on this thread, that is over when `limit` is.
    func during<Result>(_ limit: Duration, _ call: () -> Result) -> Result {
        guard let key = Self.key else { return call() }
        let now = ContinuousClock.now
        moments = Moments(
            deadline: now + limit, nextProbe: isServerAlive == nil ? nil : now + Self.silence,
            heldUpFrom: now + Self.patience)
        let outer = unsafe pthread_getspecific(key)
        defer { unsafe pthread_setspecific(key, outer) }
        return withExtendedLifetime(self) {
            unsafe pthread_setspecific(key, Unmanaged.passUnretained(self).toOpaque())
            return call()
        }
    }

    /// What the library calls to wait: over 0 once the socket is ready, 0 when it is time to give up.
    static let callback: @convention(c) (Int32, CChar, Int32) -> Int32 = { descriptor, isRead, _ in
        guard let key = SocketWatch.key, let current = unsafe pthread_getspecific(key) else { return -1 }
        return unsafe Unmanaged<SocketWatch>.fromOpaque(current).takeUnretainedValue()
            .wait(descriptor, for: isRead != 0 ? POLLIN : POLLOUT)
    }

    /// The watch of the call that the thread is in.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return unsafe pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    private func wait(_ descriptor: Int32, for events: Int32) -> Int32 {
        while true {
            let now = ContinuousClock.now
            let moments = moments
            let until = min(
                moments.deadline, moments.nextProbe ?? moments.deadline, moments.heldUpFrom ?? moments.deadline)
            let pause = until > now ? (until - now).wholeMilliseconds : 0
            var entry = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)
            let ready = unsafe poll(&entry, 1, pause)
            if ready > 0 { return ready }
            if ready < 0 && errno != EINTR { return -1 }
            let later = ContinuousClock.now
            if let from = moments.heldUpFrom, later >= from {
                self.moments.heldUpFrom = nil
                whenHeldUp()
            }
            if later >= moments.deadline { return giveUp() }
            if let probe = moments.nextProbe, later >= probe {
                guard isServerAlive?() ?? true else { return giveUp() }
                self.moments.nextProbe = ContinuousClock.now + Self.silence
            }
        }
    }

    private func giveUp() -> Int32 {
        timedOut = true
        errno = ETIMEDOUT
        return 0
    }
}
