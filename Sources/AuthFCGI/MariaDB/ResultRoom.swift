import CMariaDB

/// Where the client library puts the columns of a row, one row at a time: all statements of a session share it.
@safe final class ResultRoom {
    /// Octets of a column that find room.
    static let octets = 128
    /// As many columns as statements usually have at most.
    static let usual = 32

    /// How many columns find room.
    let count: Int
    private let memory: UnsafeMutableRawBufferPointer
    private let lengths: UnsafeMutableBufferPointer<UInt>
    /// For each column whether it is NULL, then for each whether it was cut short.
    private let flags: UnsafeMutableBufferPointer<CChar>

    /// Room for this many columns.
    init(count: Int = ResultRoom.usual) {
        self.count = count
        unsafe memory = .allocate(byteCount: count * Self.octets, alignment: 16)
        unsafe lengths = .allocate(capacity: count)
        unsafe flags = .allocate(capacity: 2 * count)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe lengths.initialize(repeating: 0)
        unsafe flags.initialize(repeating: 0)
    }

    deinit {
        unsafe memory.deallocate()
        unsafe lengths.deallocate()
        unsafe flags.deallocate()
    }

    /// Whether the column of the present row is NULL.
    func isNull(_ position: Int) -> Bool { unsafe flags[position] != 0 }

    /// Whether the column did not fit.
    func isCut(_ position: Int) -> Bool { unsafe flags[count + position] != 0 }

    /// How many octets the column has, whether or not they fit.
    func length(_ position: Int) -> Int { Int(clamping: unsafe lengths[position]) }

    /// The column's octets, as far as they fit. Valid while this room is and until the next row.
    @unsafe func memory(_ position: Int) -> UnsafeMutableRawBufferPointer {
        let start = position * Self.octets
        return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + Self.octets])
    }

    /// What tells the library to put a column here; its type is left to set.
    @unsafe func bind(_ position: Int) -> MYSQL_BIND {
        var bind = unsafe MYSQL_BIND()
        unsafe bind.buffer = memory(position).baseAddress
        unsafe bind.buffer_length = UInt(Self.octets)
        unsafe bind.length = lengths.baseAddress.map { unsafe $0 + position }
        unsafe bind.is_null = flags.baseAddress.map { unsafe $0 + position }
        unsafe bind.error = flags.baseAddress.map { unsafe $0 + count + position }
        return unsafe bind
    }
}
