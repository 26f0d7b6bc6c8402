import Glibc

/// What a command says to who runs it.
enum Console {
    /// Prints a line on the standard error stream.
    static func complain(_ line: String) {
        let octets = Array((line + "\n").utf8)
        _ = unsafe octets.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
