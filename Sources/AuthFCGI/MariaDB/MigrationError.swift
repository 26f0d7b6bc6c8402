/// Why the schema could not be brought up to date.
enum MigrationError: Error, Equatable, Sendable {
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
}
