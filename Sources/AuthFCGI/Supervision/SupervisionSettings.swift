/// What a supervisor runs.
struct SupervisionSettings: Sendable {
    /// How many workers.
    var processes = 1
    /// The command-line arguments of a worker.
    var workerArguments = ["worker"]
    /// The command-line arguments of the courier; nil: there is none.
    var courierArguments: [String]? = ["courier"]
    /// How long a child that was told to end may take. It is killed 2 s later.
    var shutdownGrace = Duration.seconds(20)
}
