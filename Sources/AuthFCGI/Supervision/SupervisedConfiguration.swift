/// What a supervisor needs of a checked configuration, for its children and for itself.
struct SupervisedConfiguration {
    /// The text that children get.
    let text: [UInt8]
    /// How long a child that was told to end may take. It is killed 2 s later.
    let shutdownGrace: Duration
    /// Told of every event.
    let log: @Sendable (SupervisionEvent) -> Void
    /// Gives the configuration that is to come after this one; nil when that is unsound, and nothing changes.
    let reload: () -> SupervisedConfiguration?
}
