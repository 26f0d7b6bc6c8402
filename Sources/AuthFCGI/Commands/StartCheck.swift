/// Sees to it that no process is started, and none replaced, for a configuration that it could not work with.
enum StartCheck {
    /// Reads what the configuration names as workers, the courier and the supervisor will, and keeps nothing of it. No socket
    /// is made, nobody is asked over a network, and libcurl is left to the courier (docs/decisions/0018-libcurl-on-demand.md).
    static func run(_ configuration: Configuration, _ log: LineLogHandler) throws(StartFailure) {
        _ = try Composition(configuration, log: log, scoreboard: try scoreboard())
        _ = try TransportSecrets(configuration)
        _ = try Wording(configuration)
        _ = try ListenOptions(configuration.server)
    }

    private static func scoreboard() throws(StartFailure) -> Scoreboard {
        do throws(FastCGIError) {
            return try Scoreboard()
        } catch {
            throw StartFailure("no memory to count in: \(error)")
        }
    }
}
