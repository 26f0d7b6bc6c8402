import Glibc

/// The signals that end a worker. They are blocked in every thread and taken by one, as libfcgi would catch them.
enum StopSignal: Sendable {
    /// SIGTERM, SIGQUIT, SIGINT: answer what has arrived and end.
    case stop
    /// SIGHUP: give the idle connections away, answer what has arrived, end.
    case retire

    private static func withSet<Result>(_ body: (UnsafePointer<sigset_t>) -> Result) -> Result {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGUSR1, SIGUSR2] { unsafe sigaddset(&set, number) }
        return unsafe withUnsafePointer(to: set, body)
    }

    private init?(_ number: Int32) {
        switch number {
        case SIGTERM, SIGQUIT, SIGINT: self = .stop
        case SIGHUP: self = .retire
        default: return nil
        }
    }

    /// Blocks the signals for the calling thread and all it starts.
    static func block() {
        _ = unsafe withSet { unsafe pthread_sigmask(SIG_BLOCK, $0, nil) }
    }

    /// Waits for the next of the signals.
    static func wait() -> StopSignal {
        while true {
            var number: Int32 = 0
            let code = unsafe withSet { unsafe sigwait($0, &number) }
            if code == 0, let signal = StopSignal(number) { return signal }
        }
    }

    /// Waits for the next of the signals, or until the time is up.
    static func wait(atMost time: Duration) -> StopSignal? {
        let (seconds, attoseconds) = time.components
        var limit = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        return StopSignal(unsafe withSet { unsafe sigtimedwait($0, nil, &limit) })
    }
}
