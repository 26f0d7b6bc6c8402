import CSystem
import Glibc
import Synchronization

/// Where lines go: a descriptor that stays open as long as the process. A line, or some together, is one write(2), which a
/// file takes whole, and a pipe up to PIPE_BUF octets (pipe(7)): so no thread waits for another's line.
///
/// A reader that is slow or gone, or a full disk, costs lines and never stops a thread for long: what could not be
/// written is counted.
final class LogOutput: Sendable {
    /// How long a line may wait for a reader, in milliseconds.
    private static let patience: Int32 = 100

    private let descriptor: Int32
    /// Lines lost since the last that could be written.
    private let dropped = Atomic(0)
    /// Whether the last line lacks its end.
    private let isTorn = Atomic(false)

    /// Lines to `descriptor`, which this object does not close.
    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The standard error stream.
    static let standardError = LogOutput(descriptor: STDERR_FILENO)

    /// Writes the whole lines that `lines` makes of the number of those lost before.
    func write(_ lines: (_ dropped: Int) -> [UInt8]) {
        let lost = dropped.exchange(0, ordering: .relaxed)
        let wasTorn = isTorn.exchange(false, ordering: .relaxed)
        let octets = lines(lost)
        var rest = wasTorn ? ([0x0A] + octets)[...] : octets[...]
        var hasBegun = false
        while !rest.isEmpty {
            guard let count = next(rest) else {
                if wasTorn || hasBegun { isTorn.store(true, ordering: .relaxed) }
                dropped.wrappingAdd(lost + octets.count { $0 == 0x0A }, ordering: .relaxed)
                return
            }
            hasBegun = true
            rest = rest.dropFirst(count)
        }
    }

    /// Whether `descriptor` is the journal's, as systemd says in `JOURNAL_STREAM`: systemd.exec(5).
    static func isJournal(_ descriptor: Int32, environment: [String: String]) -> Bool {
        let parts = (environment["JOURNAL_STREAM"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        var status = stat()
        guard parts.count == 2, let device = parts.first.flatMap({ UInt($0) }),
            let inode = parts.last.flatMap({ UInt($0) }), unsafe fstat(descriptor, &status) == 0
        else { return false }
        return UInt(status.st_dev) == device && UInt(status.st_ino) == inode
    }

    /// Writes as much as the descriptor takes: the count of octets, nil when it takes none.
    private func next(_ octets: ArraySlice<UInt8>) -> Int? {
        while true {
            let count = unsafe octets.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return count }
            if count == 0 { return nil }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var poller = pollfd(descriptor: descriptor)
                guard unsafe poll(&poller, 1, Self.patience) > 0 else { return nil }
            default: return nil
            }
        }
    }
}

extension pollfd {
    /// Waits until `descriptor` takes octets.
    fileprivate init(descriptor: Int32) {
        self.init(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    }
}
