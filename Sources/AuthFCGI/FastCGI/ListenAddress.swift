/// Where the web server reaches us.
enum ListenAddress: Sendable, Equatable {
    /// The sockets that the service manager passed (sd_listen_fds(3)), or else descriptor 0.
    case systemd
    /// A listening socket that was passed as descriptor 0, as FastCGI 1.0, 2.2, has it.
    case inherited
    /// A unix socket at this path.
    case unix(path: String)
    /// A TCP port at this numeric address or name.
    case tcp(host: String, port: String)

    /// Reads `systemd`, `fd:0`, `unix:/path`, `tcp:host:port` or `tcp:[v6]:port`.
    init(_ text: String) throws(FastCGIError) {
        if text == "systemd" {
            self = .systemd
        } else if text == "fd:0" {
            self = .inherited
        } else if text.hasPrefix("unix:/") {
            self = .unix(path: String(text.dropFirst(5)))
        } else if text.hasPrefix("tcp:"), let colon = text.dropFirst(4).lastIndex(of: ":") {
            var host = text[..<colon].dropFirst(4)
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            let port = String(text[text.index(after: colon)...])
            guard !host.isEmpty, UInt16(port) != nil else { throw .address(text) }
            self = .tcp(host: String(host), port: port)
        } else {
            throw .address(text)
        }
    }
}
