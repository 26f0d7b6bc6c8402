import CSystem
import Glibc

/// The signals that end a worker. They are blocked in every thread and taken by one, as libfcgi would catch them.
enum StopSignal: Sendable {
    /// SIGTERM, SIGQUIT, SIGINT: answer what has arrived and end.
    case stop
    /// SIGHUP: give the idle connections away, answer what has arrived, end.
    case retire

    /// The signals, and two that libfcgi would react to.
    static var set: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGUSR1, SIGUSR2] { unsafe sigaddset(&set, number) }
        return set
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
        var set = set
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for the next of the signals; `meanwhile` is called once a second.
    static func wait(meanwhile: () -> Void) -> StopSignal {
        var set = set
        while true {
            var limit = timespec(tv_sec: 1, tv_nsec: 0)
            if let signal = StopSignal(unsafe sigtimedwait(&set, nil, &limit)) { return signal }
            meanwhile()
        }
    }

    /// Lets this time pass. Signals that come meanwhile are taken and change nothing.
    static func pass(_ time: Duration) {
        var set = set
        let end = ContinuousClock.now + time
        while true {
            let (seconds, attoseconds) = max(end - .now, .zero).components
            var limit = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
            if unsafe sigtimedwait(&set, nil, &limit) < 0, errno == EAGAIN { return }
        }
    }
}
