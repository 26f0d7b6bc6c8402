import CSystem
import Glibc

/// Something that one thread sleeps on and any other rings: an eventfd(2). Rung before anybody listens, it is heard later.
final class Bell: Sendable {
    private let descriptor: Descriptor

    /// The descriptor, for others to wait for; it is readable from a ring on, until `wait`.
    var number: Int32 { descriptor.number }

    init() throws(FastCGIError) {
        descriptor = try Descriptor(system_event_descriptor(), from: "eventfd")
    }

    /// Wakes who waits, or will.
    func ring() { _ = system_event_signal(descriptor.number) }

    /// Waits until it rings, `limit` at most; then it is silent.
    func wait(atMost limit: Duration) {
        let (seconds, attoseconds) = limit.components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + (limit > .zero ? 1 : 0)
        var poller = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&poller, 1, Int32(clamping: max(0, milliseconds))) > 0 else { return }
        var count: UInt64 = 0
        _ = unsafe read(descriptor.number, &count, MemoryLayout<UInt64>.size)
    }
}
