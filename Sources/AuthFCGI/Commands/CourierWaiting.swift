import AuthDomain
import CSystem
import Glibc

/// How the courier waits: for messages, or for the signal to end.
struct CourierWaiting {
    /// What the waiting came to.
    enum Outcome { case goOn, stop }

    private let wake: Int32
    private let signals: Int32

    /// Blocks the signals that end the courier: it finishes what it is about. `wake` becomes readable when a message
    /// waits.
    init(wake: Int32) throws(FastCGIError) {
        StopSignal.block()
        var set = StopSignal.set
        self.wake = wake
        signals = unsafe system_signal_descriptor(&set)
        if signals < 0 { throw .system("signalfd", code: -signals) }
    }

    /// Waits, and calls `woken` whenever a message waits.
    func wait(atMost limit: Duration, woken: () -> Void) -> Outcome {
        let deadline = ContinuousClock.now + limit
        while case let rest = deadline - .now, rest > .zero {
            var descriptors = [
                pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            let count = nfds_t(descriptors.count)
            guard unsafe poll(&descriptors, count, Int32(clamping: rest.microseconds / 1_000 + 1)) > 0 else { continue }
            if descriptors[0].revents != 0 { return .stop }
            var times: UInt64 = 0
            _ = unsafe read(wake, &times, MemoryLayout<UInt64>.size)
            woken()
        }
        return .goOn
    }
}
