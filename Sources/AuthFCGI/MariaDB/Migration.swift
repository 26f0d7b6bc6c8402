/// One step of the schema's history. Once released it never changes.
struct Migration: Sendable, Equatable {
    /// Its place in the order, from 1, without gaps.
    let number: Int
    /// What it does, in a few words.
    let name: String
    /// Its statements, separated by semicolons. Each can be repeated (`IF NOT EXISTS`), since MariaDB commits after
    /// each DDL statement and a crash may leave the first ones done.
    let statements: String
}
