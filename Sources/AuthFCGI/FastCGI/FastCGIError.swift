import Glibc

/// Why the FastCGI room could not start.
enum FastCGIError: Error, Equatable, CustomStringConvertible {
    /// A step towards a listening socket.
    enum Step: Sendable { case bind, chown, chmod, connect, listen }

    /// A system call failed; the code is an `errno`.
    case system(StaticString, code: Int32)
    /// A step towards a socket at this address failed; the code is an `errno`.
    case socket(String, Step, code: Int32)
    /// An inherited descriptor is not a listening socket.
    case notListening(descriptor: Int32)
    /// The service manager passed no socket, and descriptor 0 is none.
    case nothingPassed
    /// A listen address that names nothing.
    case address(String)
    /// Somebody answers on this socket already.
    case addressInUse(String)
    /// A file that is no socket has this socket's path.
    case fileInTheWay(String)
    /// There is no such group.
    case group(String)

    static func == (left: FastCGIError, right: FastCGIError) -> Bool {
        left.description == right.description
    }

    var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(Self.reason(code))"
        case .socket(let address, let step, let code):
            "\(address): \(step): \(Self.reason(code))" + (Self.cure(step, code).map { "; cure: \($0)" } ?? "")
        case .notListening(let descriptor): "descriptor \(descriptor) is not a listening socket"
        case .nothingPassed:
            "systemd: no socket was passed; cure: start its socket unit, or name another address, "
                + "such as unix:/run/authfcgi/authfcgi.sock"
        case .address(let text): "\(text): no address to listen at has this name"
        case .addressInUse(let address): "\(address): another process listens there"
        case .fileInTheWay(let address): "\(address): a file that is no socket is in the way; cure: remove it"
        case .group(let name): "no group has the name \(name)"
        }
    }

    private static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    private static func cure(_ step: Step, _ code: Int32) -> String? {
        switch (step, code) {
        case (.bind, ENOENT): "make its folder, as RuntimeDirectory= of systemd does"
        case (.bind, EACCES): "a folder that the service's user may write to, or a port from 1024 on"
        case (.chown, EPERM): "make the service's user a member of server.socket_group"
        case (.connect, EACCES): "remove the file, if no process listens there"
        case (.bind, _), (.chown, _), (.chmod, _), (.connect, _), (.listen, _): nil
        }
    }
}
