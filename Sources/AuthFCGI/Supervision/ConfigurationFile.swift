import CSystem

/// A checked configuration, in a file that children inherit.
final class ConfigurationFile {
    private let file: Descriptor
    /// Which configuration it is: 0 for the first, one more for each reload.
    let generation: Int

    /// A file with this text.
    init(_ text: [UInt8], generation: Int, in estate: Estate) throws(FastCGIError) {
        file = try estate.file(text)
        self.generation = generation
    }

    /// The descriptor; valid while this value lives.
    var number: Int32 { file.number }
}
