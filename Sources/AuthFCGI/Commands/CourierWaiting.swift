import CSystem
import Glibc

/// How the courier waits: for a message, for its time, or for the signal to end.
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

    /// Waits.
    func wait(atMost limit: Duration) -> Outcome {
        let (seconds, attoseconds) = limit.components
        let milliseconds = Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        var descriptors = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), max(0, milliseconds))
        if descriptors[0].revents != 0 { return .stop }
        if descriptors[1].revents != 0 {
            var count: UInt64 = 0
            _ = unsafe read(wake, &count, MemoryLayout<UInt64>.size)
        }
        return .goOn
    }
}
