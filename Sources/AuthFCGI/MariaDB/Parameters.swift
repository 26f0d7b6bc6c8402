import CMariaDB

/// The values of one execution, as the client library wants them: in memory that stays where it is while it sends.
struct Parameters {
    private enum Prepared {
        case null
        case octets([UInt8])
        case text(String)
        case integer(Int64)
        case time(MYSQL_TIME)
    }

    private let values: [Prepared]

    /// Throws for a time out of range.
    init(_ values: [SQLValue]) throws(MariaDBError) {
        self.values = try values.map { value throws(MariaDBError) in
            switch value {
            case .null: .null
            case .octets(let octets): .octets(octets)
            case .text(let text): .text(text)
            case .integer(let integer): .integer(integer)
            case .time(let time): .time(try MYSQL_TIME(microseconds: time))
            }
        }
    }

    /// Binds the values and calls `body` while they are there. False when either fails.
    @unsafe func bound(to statement: UnsafeMutablePointer<MYSQL_STMT>, _ body: () -> Bool) -> Bool {
        guard !values.isEmpty else { return body() }
        let size = values.reduce(0) { $0 + Self.size(of: $1) }
        return unsafe withUnsafeTemporaryAllocation(byteCount: max(size, 1), alignment: 16) { memory in
            unsafe withUnsafeTemporaryAllocation(of: MYSQL_BIND.self, capacity: values.count) { binds in
                unsafe binds.initialize(repeating: MYSQL_BIND())
                var offset = 0
                for (position, value) in values.enumerated() {
                    let end = offset + Self.size(of: value)
                    unsafe Self.fill(
                        &binds[position], value, UnsafeMutableRawBufferPointer(rebasing: memory[offset..<end]))
                    offset = end
                }
                return unsafe mysql_stmt_bind_param(statement, binds.baseAddress) == 0 && body()
            }
        }
    }

    /// Room for a value, in whole units of 16.
    private static func size(of value: Prepared) -> Int {
        let size =
            switch value {
            case .null: 0
            case .octets(let octets): octets.count
            case .text(let text): text.utf8.count
            case .integer: MemoryLayout<Int64>.size
            case .time: MemoryLayout<MYSQL_TIME>.size
            }
        return (size + 15) / 16 * 16
    }

    private static func fill(_ bind: inout MYSQL_BIND, _ value: Prepared, _ room: UnsafeMutableRawBufferPointer) {
        unsafe bind.buffer = room.baseAddress
        switch value {
        case .null:
            unsafe bind.buffer_type = MYSQL_TYPE_NULL
        case .octets(let octets):
            unsafe room.copyBytes(from: octets)
            unsafe bind.buffer_type = MYSQL_TYPE_BLOB
            unsafe bind.buffer_length = UInt(octets.count)
        case .text(let text):
            unsafe room.copyBytes(from: text.utf8)
            unsafe bind.buffer_type = MYSQL_TYPE_STRING
            unsafe bind.buffer_length = UInt(text.utf8.count)
        case .integer(let integer):
            unsafe room.storeBytes(of: integer, as: Int64.self)
            unsafe bind.buffer_type = MYSQL_TYPE_LONGLONG
        case .time(let time):
            unsafe room.storeBytes(of: time, as: MYSQL_TIME.self)
            unsafe bind.buffer_type = MYSQL_TYPE_DATETIME
        }
    }
}
