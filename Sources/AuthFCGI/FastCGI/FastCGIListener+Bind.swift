import CSystem
import Glibc

extension FastCGIListener {
    /// A new unix socket. A socket file is replaced when nobody answers there.
    static func bind(path: String, _ options: ListenOptions) throws(FastCGIError) -> FastCGIListener {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw .address("unix:\(path)") }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let socket = try Descriptor(system_socket(AF_UNIX), from: "socket")
        let old = umask(0o777)
        defer { umask(old) }
        var code = unsafe call(Glibc.bind, socket.number, &address)
        if code == EADDRINUSE, try isStale(path, address) {
            unsafe unlink(path)
            code = unsafe call(Glibc.bind, socket.number, &address)
        }
        if code == EADDRINUSE { throw .addressInUse("unix:\(path)") }
        if code != 0 { throw .socket("unix:\(path)", .bind, code: code) }
        let file = SocketFile(path)
        do throws(FastCGIError) {
            try open(path, to: options)
            return try listen(socket, at: "unix:\(path)", options, file)
        } catch {
            // With nobody behind it, and of a mode that lets no other user ask, it would pass for a live one.
            file?.remove()
            throw error
        }
    }

    /// Lets the web server use a socket file.
    private static func open(_ path: String, to options: ListenOptions) throws(FastCGIError) {
        if let group = options.group, unsafe chown(path, uid_t.max, group) != 0 {
            throw .socket("unix:\(path)", .chown, code: errno)
        }
        if unsafe chmod(path, options.mode) != 0 { throw .socket("unix:\(path)", .chmod, code: errno) }
    }

    /// A new TCP socket.
    static func bind(host: String, port: String, _ options: ListenOptions) throws(FastCGIError) -> FastCGIListener {
        let name = "tcp:\(host.contains(":") ? "[\(host)]" : host):\(port)"
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, port, &hints, &found) == 0, let first = unsafe found else {
            throw .address(name)
        }
        defer { unsafe freeaddrinfo(first) }
        let socket = try Descriptor(unsafe system_socket(first.pointee.ai_family), from: "socket")
        _ = system_set_option(socket.number, SOL_SOCKET, SO_REUSEADDR, 1)
        _ = system_set_option(socket.number, SOL_SOCKET, SO_RCVBUF, ListenOptions.receiveBuffer)
        if unsafe Glibc.bind(socket.number, first.pointee.ai_addr, first.pointee.ai_addrlen) != 0 {
            if errno == EADDRINUSE { throw .addressInUse(name) }
            throw .socket(name, .bind, code: errno)
        }
        return try listen(socket, at: name, options)
    }

    private static func listen(
        _ socket: consuming Descriptor, at address: String, _ options: ListenOptions, _ file: SocketFile? = nil
    ) throws(FastCGIError) -> FastCGIListener {
        if Glibc.listen(socket.number, options.backlog) != 0 { throw .socket(address, .listen, code: errno) }
        return try FastCGIListener(takingOwnershipOf: socket.release(), endsWithProgram: true, file: file)
    }

    /// Whether nobody listens at a socket that is there. One that may not be asked may be alive.
    private static func isStale(_ path: String, _ address: sockaddr_un) throws(FastCGIError) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .fileInTheWay("unix:\(path)") }
        let probe = try Descriptor(system_socket(AF_UNIX), from: "socket")
        guard system_nonblocking(probe.number) == 0 else { return false }
        var address = address
        let code = unsafe call(Glibc.connect, probe.number, &address)
        if code == EACCES { throw .socket("unix:\(path)", .connect, code: code) }
        return code == ECONNREFUSED
    }

    /// 0, or the `errno` of a call that takes a unix address.
    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ socket: Int32, _ address: inout sockaddr_un
    ) -> Int32 {
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe function(socket, $0, size) }
        }
        return result == 0 ? 0 : errno
    }
}
