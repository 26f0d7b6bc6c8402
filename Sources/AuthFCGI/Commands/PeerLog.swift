import Logging

/// Writes into the log who may not connect, and what would let them.
enum PeerLog {
    static func write(_ peer: Peer, to logger: Logger) {
        logger.warning("peer refused", metadata: fields(peer))
    }

    private static func fields(_ peer: Peer) -> Logger.Metadata {
        switch peer {
        case .user(let number):
            [
                "peer": "user \(number)",
                "cure": "if this is the web server: make its user a member of the group server.socket_group",
            ]
        case .host(let address):
            [
                "peer": "\(address)",
                "cure": "if this is a web server: add the address to the environment variable FCGI_WEB_SERVER_ADDRS",
            ]
        }
    }
}
