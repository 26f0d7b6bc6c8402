/// What happens under a supervisor, for its log.
enum SupervisionEvent: Sendable, Equatable {
    /// What a child process does.
    enum Role: String, Sendable { case worker, courier }

    /// How a child process ended.
    enum End: Sendable, Equatable {
        /// With this exit code.
        case exited(Int32)
        /// By this signal.
        case killed(signal: Int32)
    }

    /// A child was started.
    case started(Role, process: Int32)
    /// A child could not be started; it is tried again. The code is an `errno`.
    case startFailed(Role, code: Int32)
    /// A child ended. `expected`: it had been told to.
    case ended(Role, process: Int32, End, expected: Bool)
    /// All workers of the first start are ready.
    case ready
    /// A reload has begun: new workers are being started.
    case reloading
    /// A reload is over: the new workers serve, the old ones finish.
    case reloaded
    /// A reload was given up, and the old configuration stays: the new one is unsound, or workers did not start with it.
    case reloadRefused
    /// The service is stopping.
    case stopping
    /// A child did not end in time and is killed.
    case overdue(Role, process: Int32)
}
