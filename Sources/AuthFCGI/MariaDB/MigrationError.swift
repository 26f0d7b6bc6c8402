/// Why the schema could not be brought up to date.
enum MigrationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The database said no.
    case database(MariaDBError)
    /// This migration was applied with other statements than it has now.
    case changed(number: Int)
    /// The database has this migration, which this program does not know: it is older than the schema.
    case unknown(number: Int)
    /// Another process was migrating for all of the time that was waited.
    case busy
    /// The migrations given are not numbered 1, 2, 3 and so on.
    case misnumbered

    var description: String {
        switch self {
        case .database(let error): "database: \(error)"
        case .changed(let number): "database: migration \(number) was applied in another form than this program has"
        case .unknown(let number): "database: the schema has migration \(number), which this program does not know"
        case .busy: "database: somebody else migrates the schema"
        case .misnumbered: "the program's migrations are not numbered 1, 2, 3 and so on"
        }
    }
}
