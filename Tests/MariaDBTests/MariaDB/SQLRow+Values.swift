@testable import AuthFCGI

extension SQLRow {
    /// The columns as values, in the statement's order; a text that is not UTF-8 is repaired.
    var values: [SQLValue] {
        columns.map { column in
            switch column {
            case .null: .null
            case .octets(let range): .octets(Array(octets[range]))
            case .text(let range): .text(String(decoding: octets[range], as: UTF8.self))
            case .integer(let integer): .integer(integer)
            case .time(let time): .time(time)
            }
        }
    }
}
