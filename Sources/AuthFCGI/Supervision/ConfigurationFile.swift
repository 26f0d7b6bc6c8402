import CSystem

/// A checked configuration, its text in a file that children inherit.
final class ConfigurationFile {
    private let file: Descriptor
    /// Which configuration it is: 0 for the first, one more for each reload.
    let generation: Int
    /// How long a child with this configuration may take to end.
    let shutdownGrace: Duration
    /// Told of every event while this configuration is in force.
    let log: @Sendable (SupervisionEvent) -> Void
    /// Gives the configuration that is to come after this one.
    let reload: () -> SupervisedConfiguration?

    /// A file with the text of this configuration.
    init(_ configuration: SupervisedConfiguration, generation: Int, in estate: Estate) throws(FastCGIError) {
        file = try estate.file(configuration.text)
        self.generation = generation
        shutdownGrace = configuration.shutdownGrace
        log = configuration.log
        reload = configuration.reload
    }

    /// The descriptor; valid while this value lives.
    var number: Int32 { file.number }
}
