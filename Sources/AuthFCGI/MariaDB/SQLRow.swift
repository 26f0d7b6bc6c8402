/// One row of a result. Columns are read by position, from 0, as the type they have; NULL, another type or a position
/// out of range is an error of kind `.other`, never a trap.
struct SQLRow: Sendable, Equatable {
    /// The columns in the statement's order.
    let values: [SQLValue]

    /// Whether the column is NULL.
    func isNull(_ position: Int) throws(MariaDBError) -> Bool {
        try value(position) == .null
    }

    /// A binary column.
    func octets(_ position: Int) throws(MariaDBError) -> [UInt8] {
        guard case .octets(let octets) = try value(position) else { throw unlike("octets", position) }
        return octets
    }

    /// A text column.
    func text(_ position: Int) throws(MariaDBError) -> String {
        guard case .text(let text) = try value(position) else { throw unlike("text", position) }
        return text
    }

    /// An integer column.
    func integer(_ position: Int) throws(MariaDBError) -> Int64 {
        guard case .integer(let integer) = try value(position) else { throw unlike("an integer", position) }
        return integer
    }

    /// A time column, in microseconds since 1970 UTC.
    func time(_ position: Int) throws(MariaDBError) -> Int64 {
        guard case .time(let time) = try value(position) else { throw unlike("a time", position) }
        return time
    }

    /// A binary column, or nil for NULL.
    func optionalOctets(_ position: Int) throws(MariaDBError) -> [UInt8]? {
        try isNull(position) ? nil : try octets(position)
    }

    /// A text column, or nil for NULL.
    func optionalText(_ position: Int) throws(MariaDBError) -> String? {
        try isNull(position) ? nil : try text(position)
    }

    /// An integer column, or nil for NULL.
    func optionalInteger(_ position: Int) throws(MariaDBError) -> Int64? {
        try isNull(position) ? nil : try integer(position)
    }

    /// A time column, or nil for NULL.
    func optionalTime(_ position: Int) throws(MariaDBError) -> Int64? {
        try isNull(position) ? nil : try time(position)
    }

    private func value(_ position: Int) throws(MariaDBError) -> SQLValue {
        guard values.indices.contains(position) else {
            throw MariaDBError(.other, "the result has no column \(position)")
        }
        return values[position]
    }

    private func unlike(_ type: String, _ position: Int) -> MariaDBError {
        MariaDBError(.other, "column \(position) is not \(type)")
    }
}
