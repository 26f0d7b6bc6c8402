/// What a supervisor runs.
struct SupervisionSettings: Sendable {
    /// How many workers.
    var processes = 1
    /// The command-line arguments of a worker.
    var workerArguments = ["worker"]
    /// The command-line arguments of the courier; nil: there is none.
    var courierArguments: [String]? = ["courier"]
}
