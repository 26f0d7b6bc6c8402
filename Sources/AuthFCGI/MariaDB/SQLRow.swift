/// One row of a result. Columns are read by position, from 0, as the type they have; NULL, another type or a position
/// out of range is an error of kind `.other`, never a trap. A column costs what it takes to keep its octets until it is
/// read.
struct SQLRow: Sendable, Equatable {
    /// What a column is, and where among the row's octets it is.
    enum Column: Sendable, Equatable {
        case null
        case octets(Range<Int>)
        case text(Range<Int>)
        case integer(Int64)
        case time(Int64)
    }

    /// The columns in the statement's order.
    let columns: [Column]
    /// What their ranges are of; each of them within its indices.
    let octets: [UInt8]

    /// Whether the column is NULL.
    func isNull(_ position: Int) throws(MariaDBError) -> Bool {
        if case .null = try column(position) { true } else { false }
    }

    /// A binary column.
    func octets(_ position: Int) throws(MariaDBError) -> [UInt8] {
        guard case .octets(let range) = try column(position) else { throw unlike("octets", position) }
        return Array(octets[range])
    }

    /// A binary column that holds UTF-8; what in it is none is replaced.
    func key(_ position: Int) throws(MariaDBError) -> String {
        guard case .octets(let range) = try column(position) else { throw unlike("octets", position) }
        return String(decoding: octets[range], as: UTF8.self)
    }

    /// Whether a column is binary and of these octets.
    func hasOctets(_ wanted: [UInt8], at position: Int) -> Bool {
        guard columns.indices.contains(position), case .octets(let range) = columns[position] else { return false }
        return octets[range].elementsEqual(wanted)
    }

    /// Whether two columns, neither of them NULL, are of the same octets.
    func areSame(_ first: Int, _ second: Int) throws(MariaDBError) -> Bool {
        switch (try column(first), try column(second)) {
        case (.octets(let first), .octets(let second)), (.text(let first), .text(let second)):
            octets[first] == octets[second]
        case (.null, _), (.octets, _), (.text, _), (.integer, _), (.time, _): false
        }
    }

    /// A text column.
    func text(_ position: Int) throws(MariaDBError) -> String {
        guard case .text(let range) = try column(position) else { throw unlike("text", position) }
        do {
            return String(copying: try UTF8Span(validating: octets.span.extracting(range)))
        } catch {
            throw MariaDBError(.other, "column \(position) is not UTF-8")
        }
    }

    /// An integer column.
    func integer(_ position: Int) throws(MariaDBError) -> Int64 {
        guard case .integer(let integer) = try column(position) else { throw unlike("an integer", position) }
        return integer
    }

    /// A time column, in microseconds since 1970 UTC.
    func time(_ position: Int) throws(MariaDBError) -> Int64 {
        guard case .time(let time) = try column(position) else { throw unlike("a time", position) }
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

    private func column(_ position: Int) throws(MariaDBError) -> Column {
        guard columns.indices.contains(position) else {
            throw MariaDBError(.other, "the result has no column \(position)")
        }
        return columns[position]
    }

    private func unlike(_ type: String, _ position: Int) -> MariaDBError {
        MariaDBError(.other, "column \(position) is not \(type)")
    }
}
