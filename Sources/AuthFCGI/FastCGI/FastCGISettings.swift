/// How a worker process takes requests.
struct FastCGISettings: Sendable {
    /// Requests worked on at once.
    var threads = 32
    /// Octets of a request's standard input; a longer one is answered, but its body is `tooLarge`.
    var maxBody = 65536
    /// How long a request may take to arrive, from its first octet, and an answer to leave. The connection is closed then.
    var requestTimeout = Duration.seconds(5)
    /// How long a stopping worker waits for what runs.
    var shutdownGrace = Duration.seconds(20)
    /// Who may connect.
    var peers = PeerPolicy()
    /// Octets of the parameters of one request; one with more is dropped.
    static let maxParameters = 65536
}
