import Glibc

/// Files read whole, with what the system says when it cannot.
enum FileText {
    /// Why a file could not be read.
    enum Fault: Error, Equatable {
        /// The error number: errno(3).
        case system(Int32)
        case notRegular
        case tooLarge(limit: Int)

        /// Whether there is no such file.
        var isMissing: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }

        /// What happened, for a person.
        var message: String {
            switch self {
            case .system(let number): unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
            case .notRegular: "not a file"
            case .tooLarge(let limit): "larger than \(OctetCount.text(limit))"
            }
        }
    }

    /// The octets of a regular file, and its permission bits.
    static func octets(of path: String, limit: Int) throws(Fault) -> (octets: [UInt8], mode: UInt32) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            if count == 0 { return (octets, UInt32(status.st_mode & 0o7777)) }
            octets += buffer.prefix(count)
            if octets.count > limit { throw .tooLarge(limit: limit) }
        }
    }
}
