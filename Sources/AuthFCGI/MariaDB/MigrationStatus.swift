/// Where a migration stands in a database.
struct MigrationStatus: Sendable, Equatable {
    /// The migration's number.
    let number: Int
    /// The migration's name.
    let name: String
    /// When it was applied, in microseconds since 1970 UTC; nil when it has not been.
    let appliedAt: Int64?
}
