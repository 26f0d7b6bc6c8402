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
}
