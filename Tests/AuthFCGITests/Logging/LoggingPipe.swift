import Glibc

/// A pipe whose end takes log lines.
final class LoggingPipe {
    let reader: Int32
    let writer: Int32

    init(isBlocking: Bool = true) throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0, let reader = ends.first, let writer = ends.last else { throw Failure() }
        self.reader = reader
        self.writer = writer
        _ = fcntl(reader, F_SETFL, O_NONBLOCK)
        if !isBlocking { _ = fcntl(writer, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        close(reader)
        close(writer)
    }

    struct Failure: Error {}

    /// Makes the pipe hold so many octets: F_SETPIPE_SZ of fcntl(2), which Swift does not see.
    func resize(_ octets: Int32) { _ = fcntl(writer, 1031, octets) }

    /// What is in the pipe.
    func drain() -> [UInt8] {
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, $0.count) }
            if count <= 0 { return octets }
            octets += buffer.prefix(count)
        }
    }

    /// Has every read take what one write(2) brought: packet mode, O_DIRECT of pipe(7), which Swift does not see.
    func keepWritesApart() { _ = fcntl(writer, F_SETFL, 0x4000) }

    /// What the next read takes.
    func next() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, $0.count) }
        return Array(buffer.prefix(max(0, count)))
    }

    /// What is in the pipe, as lines without their ends.
    func lines() -> [String] {
        String(decoding: drain(), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true).map(
            String.init)
    }
}
