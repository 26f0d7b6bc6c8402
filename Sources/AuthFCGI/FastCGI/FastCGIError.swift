/// Why the FastCGI room could not start.
enum FastCGIError: Error, Equatable {
    /// A system call failed; the code is an `errno`.
    case system(StaticString, code: Int32)
    /// An inherited descriptor is not a listening socket.
    case notListening(descriptor: Int32)
    /// A listen address that names nothing.
    case address(String)
    /// Somebody answers on this socket already.
    case addressInUse(String)
    /// There is no such group.
    case group(String)

    static func == (left: FastCGIError, right: FastCGIError) -> Bool {
        String(describing: left) == String(describing: right)
    }
}
