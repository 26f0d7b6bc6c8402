import CMariaDB

/// A prepared statement of one session, closed with its last reference.
@safe final class MariaDBStatement {
    private let handle: MariaDBHandle
    private let pointer: UnsafeMutablePointer<MYSQL_STMT>
    private var columns: ResultColumns?

    /// Has the server prepare the text.
    init(_ sql: StaticString, on handle: MariaDBHandle) throws(MariaDBError) {
        guard let pointer = handle.call({ unsafe mysql_stmt_init($0) }) else { throw handle.failure }
        self.handle = handle
        unsafe self.pointer = pointer
        let failed = handle.call { _ in
            sql.withUTF8Buffer { unsafe mysql_stmt_prepare(pointer, $0.baseAddress, UInt($0.count)) != 0 }
        }
        guard !failed else { throw failure }
    }

    deinit {
        // The server forgets the statement with the session, if it cannot be told now.
        _ = handle.call(within: .milliseconds(100)) { _ in unsafe mysql_stmt_close(pointer) }
    }

    /// Runs it and says how many rows it matched.
    func execute(_ values: [SQLValue]) throws(MariaDBError) -> Int {
        try send(values)
        let affected = unsafe mysql_stmt_affected_rows(pointer)
        if unsafe mysql_stmt_field_count(pointer) > 0 { try skipResult() }
        return affected == UInt64.max ? 0 : Int(clamping: affected)
    }

    /// Runs it and reads its whole result.
    func rows(_ values: [SQLValue]) throws(MariaDBError) -> [SQLRow] {
        try send(values)
        let count = Int(unsafe mysql_stmt_field_count(pointer))
        guard count > 0 else { return [] }
        guard handle.call({ _ in unsafe mysql_stmt_store_result(pointer) }) == 0 else { throw failure }
        defer { unsafe mysql_stmt_free_result(pointer) }
        let columns = columns?.count == count ? columns : ResultColumns(count: count, in: handle.room(for: count))
        self.columns = columns
        guard let columns, let fields = unsafe mariadb_stmt_fetch_fields(pointer) else {
            throw MariaDBError(.other, "the result has no columns")
        }
        guard unsafe columns.bind(to: pointer, fields: UnsafeBufferPointer(start: fields, count: count)) else {
            throw failure
        }
        var rows: [SQLRow] = []
        while true {
            switch unsafe mysql_stmt_fetch(pointer) {
            case 0, MYSQL_DATA_TRUNCATED: rows.append(try unsafe columns.row(of: pointer))
            case MYSQL_NO_DATA: return rows
            default: throw failure
            }
        }
    }

    private func send(_ values: [SQLValue]) throws(MariaDBError) {
        guard values.count == Int(clamping: unsafe mysql_stmt_param_count(pointer)) else {
            throw MariaDBError(.other, "the statement does not take \(values.count) values")
        }
        let parameters = try Parameters(values)
        let isBound = handle.call { _ in
            unsafe parameters.bound(to: pointer) { unsafe mysql_stmt_execute(pointer) == 0 }
        }
        guard isBound else { throw failure }
    }

    private func skipResult() throws(MariaDBError) {
        guard handle.call({ _ in unsafe mysql_stmt_free_result(pointer) }) == 0 else { throw failure }
    }

    private var failure: MariaDBError {
        unsafe handle.failure(code: mysql_stmt_errno(pointer), message: mysql_stmt_error(pointer))
    }
}
