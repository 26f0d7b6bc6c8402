extension Configuration {
    /// Keys that a running service cannot change: its sockets are made, and its workers counted.
    private static let needingRestart: Set<String> = [
        "server.listen", "server.socket_mode", "server.socket_group", "server.backlog", "server.processes",
    ]

    /// Takes the values of keys that need a restart from `running`, and gives the keys that had others.
    mutating func keepWhatNeedsRestart(of running: Configuration) -> [ConfigurationKey] {
        let changed = Self.keys.filter { key in
            Self.needingRestart.contains(key.path) && key.value(in: self) != key.value(in: running)
        }
        // A value that is in force is one that its key accepts.
        for key in changed { _ = key.set(key.value(in: running), in: &self) }
        return changed
    }
}
