import CMariaDB

/// The columns of one statement's results. A longer value than the room has for it is fetched again into an array of its size.
@safe final class ResultColumns {
    private enum Kind: Equatable {
        case octets
        case text
        case integer(isUnsigned: Bool)
        case time
    }

    /// How many columns there are.
    let count: Int
    private var kinds: [Kind] = []
    private let room: ResultRoom

    /// For a result of this many columns, which the room has.
    init(count: Int, in room: ResultRoom) {
        self.count = count
        self.room = room
    }

    /// Binds the columns by their present types, which an altered table may have changed, unless they are bound so
    /// already. False when that fails.
    @unsafe func bind(to statement: UnsafeMutablePointer<MYSQL_STMT>, fields: UnsafeBufferPointer<MYSQL_FIELD>) -> Bool
    {
        let isBound = kinds.indices.allSatisfy { unsafe kinds[$0] == Self.kind(of: fields[$0]) }
        guard kinds.isEmpty || !isBound else { return true }
        kinds = unsafe fields.map { unsafe Self.kind(of: $0) }
        // The library copies them.
        let isDone = unsafe withUnsafeTemporaryAllocation(of: MYSQL_BIND.self, capacity: count) { binds in
            for (position, kind) in kinds.enumerated() {
                unsafe binds.initializeElement(at: position, to: bind(kind, at: position))
            }
            return unsafe mysql_stmt_bind_result(statement, binds.baseAddress) == 0
        }
        if !isDone { kinds = [] }
        return isDone
    }

    /// The row just fetched.
    @unsafe func row(of statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MariaDBError) -> SQLRow {
        var columns: [SQLRow.Column] = []
        columns.reserveCapacity(count)
        var octets: [UInt8] = []
        octets.reserveCapacity(size)
        for (position, kind) in kinds.enumerated() {
            columns.append(try unsafe column(kind, at: position, of: statement, addingTo: &octets))
        }
        return SQLRow(columns: columns, octets: octets)
    }

    /// How many octets the texts and octets of the row have.
    private var size: Int {
        var size = 0
        for (position, kind) in kinds.enumerated() where !room.isNull(position) {
            switch kind {
            case .octets, .text: size += room.length(position)
            case .integer, .time: break
            }
        }
        return size
    }

    private func column(
        _ kind: Kind, at position: Int, of statement: UnsafeMutablePointer<MYSQL_STMT>, addingTo octets: inout [UInt8]
    ) throws(MariaDBError) -> SQLRow.Column {
        guard !room.isNull(position) else { return .null }
        switch kind {
        case .octets:
            return .octets(try unsafe add(position, of: statement, to: &octets))
        case .text:
            return .text(try unsafe add(position, of: statement, to: &octets))
        case .integer(let isUnsigned):
            let integer = unsafe room.memory(position).load(as: Int64.self)
            guard !room.isCut(position), !(isUnsigned && integer < 0) else {
                throw MariaDBError(.other, "column \(position) is too great")
            }
            return .integer(integer)
        case .time:
            return .time(try unsafe room.memory(position).load(as: MYSQL_TIME.self).microseconds())
        }
    }

    /// Adds a column's octets to the row's, and tells where they are now.
    private func add(
        _ position: Int, of statement: UnsafeMutablePointer<MYSQL_STMT>, to octets: inout [UInt8]
    ) throws(MariaDBError) -> Range<Int> {
        let start = octets.count
        let length = room.length(position)
        if length > ResultRoom.octets {
            octets += try unsafe longOctets(at: position, length, of: statement)
        } else {
            unsafe octets.append(contentsOf: UnsafeRawBufferPointer(rebasing: room.memory(position)[..<length]))
        }
        return start..<octets.count
    }

    private func longOctets(
        at position: Int, _ length: Int, of statement: UnsafeMutablePointer<MYSQL_STMT>
    ) throws(MariaDBError) -> [UInt8] {
        var complete = false
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var bind = unsafe self.bind(.octets, at: position)
            unsafe bind.buffer = UnsafeMutableRawPointer(buffer.baseAddress)
            unsafe bind.buffer_length = UInt(length)
            let status = unsafe mysql_stmt_fetch_column(statement, &bind, UInt32(clamping: position), 0)
            complete = status == 0 && !room.isCut(position) && room.length(position) == length
            count = complete ? length : 0
        }
        guard complete else { throw MariaDBError(.other, "column \(position) came cut short") }
        return octets
    }

    private func bind(_ kind: Kind, at position: Int) -> MYSQL_BIND {
        var bind = unsafe room.bind(position)
        switch kind {
        case .octets: unsafe bind.buffer_type = MYSQL_TYPE_BLOB
        case .text: unsafe bind.buffer_type = MYSQL_TYPE_BLOB
        case .integer(let isUnsigned):
            unsafe bind.buffer_type = MYSQL_TYPE_LONGLONG
            unsafe bind.is_unsigned = isUnsigned ? 1 : 0
        case .time: unsafe bind.buffer_type = MYSQL_TYPE_DATETIME
        }
        return unsafe bind
    }

    private static func kind(of field: MYSQL_FIELD) -> Kind {
        switch unsafe field.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR:
            .integer(isUnsigned: unsafe field.flags & UInt32(UNSIGNED_FLAG) != 0)
        case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE, MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP: .time
        case MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY: .octets
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE, MYSQL_TYPE_TIME: .text
        default: unsafe field.charsetnr == 63 ? .octets : .text
        }
    }
}
