import CSystem
import Glibc

/// Something that one thread waits for and another opens, once.
///
/// An eventfd(2): its whole state is a number, so it is safe to share without an unchecked promise, which a condition
/// variable is not. It costs four system calls, beside a hash of milliseconds.
final class Latch: Sendable {
    private let descriptor: Int32

    /// Nil when the process has no descriptor left.
    init?() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC))
        if descriptor < 0 { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Returns once it is open; false when it cannot wait.
    func wait() -> Bool {
        var count: UInt64 = 0
        while true {
            let got = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
            if got == MemoryLayout<UInt64>.size { return true }
            if got >= 0 || errno != EINTR { return false }
        }
    }

    /// Lets the waiting thread go on; false when it cannot.
    func open() -> Bool {
        var one: UInt64 = 1
        while true {
            let put = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
            if put == MemoryLayout<UInt64>.size { return true }
            if put >= 0 || errno != EINTR { return false }
        }
    }
}
