import CSystem
import Glibc

/// The code that a process ran through to start, most of which it never needs again.
enum StartupCode {
    /// Takes all code out of this process's memory, that of its libraries too. It stays in the system's file cache, and what
    /// runs on is mapped again as it is used (madvise(2), MADV_DONTNEED).
    ///
    /// Only what may be executed and not written is taken (proc_pid_maps(5)), so that nothing is lost.
    static func release() {
        for line in mappings().split(separator: "\n") {
            // Range, permissions, offset, device, inode, path.
            let fields = line.split(separator: " ", maxSplits: 5)
            guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).first == "/" else {
                continue
            }
            let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard bounds.count == 2, bounds[0] < bounds[1] else { continue }
            // Fails where the memory is locked, which then stays.
            _ = unsafe madvise(
                UnsafeMutableRawPointer(bitPattern: bounds[0]), Int(bounds[1] - bounds[0]), MADV_DONTNEED)
        }
    }

    private static func mappings() -> String {
        let file = Descriptor(takingOwnershipOf: unsafe open("/proc/self/maps", O_RDONLY | O_CLOEXEC))
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(file.number, &chunk, chunk.count)
            if count <= 0 { return String(decoding: content, as: UTF8.self) }
            content += chunk.prefix(count)
        }
    }
}
