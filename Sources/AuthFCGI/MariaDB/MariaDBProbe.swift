/// The question whether a server that has been silent for a while still lives, asked by a session of its own.
struct MariaDBProbe {
    private static let patience: Duration = .milliseconds(400)

    private let host: MariaDBHost
    private let settings: MariaDBSettings

    /// For this server.
    init(_ host: MariaDBHost, _ settings: MariaDBSettings) {
        self.host = host
        self.settings = settings
    }

    /// Whether the server greets in time. One that has no session to give greets, too.
    var isServerAlive: Bool {
        do {
            _ = try MariaDBHandle(host, settings, within: Self.patience, probing: false)
            return true
        } catch {
            return (1_000..<2_000).contains(error.code)
        }
    }
}
