import CSystem
import Glibc

/// A listening socket.
final class FastCGIListener: Sendable {
    private let descriptor: Descriptor
    private let file: SocketFile?
    /// Whether connections that wait here are lost when the program ends: it made the socket itself.
    let endsWithProgram: Bool

    /// Takes over a socket that was passed from outside; one that does not listen is refused.
    init(
        takingOwnershipOf number: Int32, endsWithProgram: Bool = false, file: SocketFile? = nil
    ) throws(FastCGIError) {
        let isListening = system_get_option(number, SOL_SOCKET, SO_ACCEPTCONN) == 1
        if !isListening { throw .notListening(descriptor: number) }
        descriptor = Descriptor(takingOwnershipOf: number)
        self.endsWithProgram = endsWithProgram
        self.file = file
        guard system_nonblocking(number) == 0, system_close_on_exec(number) == 0 else {
            throw .system("fcntl", code: errno)
        }
    }

    /// The descriptor; valid while this value lives.
    var number: Int32 { descriptor.number }

    /// Removes the file of a unix socket that this program made, before it ends.
    func removeFile() { file?.remove() }

    /// The sockets of these addresses, in their order; where one fails, those before it are gone again.
    static func open(
        _ addresses: [ListenAddress], options: ListenOptions
    ) throws(FastCGIError) -> [FastCGIListener] {
        var listeners: [FastCGIListener] = []
        do throws(FastCGIError) {
            for address in addresses { listeners += try open(address, options) }
        } catch {
            for listener in listeners { listener.removeFile() }
            throw error
        }
        return listeners
    }

    private static func open(
        _ address: ListenAddress, _ options: ListenOptions
    ) throws(FastCGIError) -> [FastCGIListener] {
        switch address {
        case .systemd: try inherited()
        case .inherited: [try FastCGIListener(takingOwnershipOf: 0)]
        case .unix(let path): [try bind(path: path, options)]
        case .tcp(let host, let port): [try bind(host: host, port: port, options)]
        }
    }

    /// The sockets from 3 on, when they are meant for this process (sd_listen_fds(3)), or else descriptor 0.
    private static func inherited() throws(FastCGIError) -> [FastCGIListener] {
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsafe unsetenv(name) } }
        guard number(in: "LISTEN_PID") == getpid(), let count = number(in: "LISTEN_FDS"), count > 0 else {
            guard let listener = try? FastCGIListener(takingOwnershipOf: 0) else { throw .nothingPassed }
            return [listener]
        }
        var listeners: [FastCGIListener] = []
        for number in 3..<3 + min(count, 1024) {
            listeners.append(try FastCGIListener(takingOwnershipOf: number))
        }
        return listeners
    }

    private static func number(in variable: String) -> Int32? {
        guard let text = unsafe getenv(variable) else { return nil }
        return Int32(unsafe String(cString: text))
    }
}
