/// One value: a parameter of a statement, or a column of its result.
enum SQLValue: Sendable, Equatable {
    /// NULL.
    case null
    /// BINARY, VARBINARY, BLOB and BIT columns.
    case octets([UInt8])
    /// CHAR, VARCHAR, TEXT, JSON, ENUM and SET columns in UTF-8; DECIMAL, FLOAT, DOUBLE and TIME as the server writes them.
    case text(String)
    /// All integer types, YEAR and BOOLEAN. An unsigned column's value over `Int64.max` is an error, never wrapped.
    case integer(Int64)
    /// DATE, DATETIME and TIMESTAMP: microseconds since 1970-01-01 00:00:00 UTC, years 1 to 9999.
    case time(Int64)
}
