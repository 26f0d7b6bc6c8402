/// The prepared statements of one session, at most 256; the one not used for longest makes room.
struct StatementCache {
    private let limit: Int

    private struct Key: Hashable {
        let address: UInt
        let length: Int
    }

    private final class Entry {
        let statement: MariaDBStatement
        var lastUse: UInt64

        init(_ statement: MariaDBStatement, lastUse: UInt64) {
            self.statement = statement
            self.lastUse = lastUse
        }
    }

    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0

    /// Holds `limit` at most; a server allows 16,382 for all its sessions by default.
    init(limit: Int = 256) {
        self.limit = limit
    }

    /// How many there are.
    var count: Int { entries.count }

    /// The statement for a text, prepared on this session now or earlier.
    mutating func statement(_ sql: StaticString, on handle: MariaDBHandle) throws(MariaDBError) -> MariaDBStatement {
        uses &+= 1
        let key = Self.key(sql)
        if let entry = entries[key] {
            entry.lastUse = uses
            return entry.statement
        }
        if entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
        }
        let statement = try MariaDBStatement(sql, on: handle)
        entries[key] = Entry(statement, lastUse: uses)
        return statement
    }

    /// Forgets the statement for a text, so that it is prepared anew.
    mutating func remove(_ sql: StaticString) {
        entries[Self.key(sql)] = nil
    }

    /// Forgets all, for a session that is no more.
    mutating func removeAll() {
        entries = [:]
    }

    /// A literal is where it is for good, so its place stands for its text.
    private static func key(_ sql: StaticString) -> Key {
        sql.withUTF8Buffer { Key(address: UInt(bitPattern: $0.baseAddress), length: $0.count) }
    }
}
