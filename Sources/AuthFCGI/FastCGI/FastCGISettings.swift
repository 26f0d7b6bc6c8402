/// How a worker process takes requests.
struct FastCGISettings: Sendable {
    /// Threads that take requests, and are not held up.
    var onDuty = 8
    /// Threads in all, those included that are held up.
    var threads = 32
    /// Octets of a request's standard input; a longer one is answered, but its body is `tooLarge`.
    var maxBody = 65536
    /// How long a request may take to arrive, from its first octet, and an answer to leave. The connection is closed then.
    var requestTimeout = Duration.seconds(5)
    /// How long a stopping worker waits for what runs.
    var shutdownGrace = Duration.seconds(20)
    /// Who may connect.
    var peers = PeerPolicy()
    /// Told who was refused, once a minute at most, on any of the threads.
    var whenRefused: @Sendable (Peer) -> Void = { _ in }
    /// Octets of the parameters of one request; one with more is dropped.
    static let maxParameters = 65536
}
