/// The names of a JSON object while it is read. The few of most objects are compared one by one; from then on they are in
/// a table, so that reading stays linear in the text.
struct NameSet {
    private static let few = 16
    private var table: Set<[UInt8]> = []
    /// A bit for each kind of name that there has been: nearly all names are of a kind of their own.
    private var kinds: UInt64 = 0

    /// Takes the name of the member that comes after `members`; false when one of them has it, octet by octet.
    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if members.count < Self.few {
            let kind = Self.kind(of: name)
            defer { kinds |= kind }
            return kinds & kind == 0 || !members.contains { $0.isCalled(name) }
        }
        if table.isEmpty { table = Set(members.map { Array($0.name.utf8) }) }
        return table.insert(Array(name.utf8)).inserted
    }
    /// One of 64, by a name's octets.
    private static func kind(of name: String) -> UInt64 {
        let octets = name.utf8.span
        var sum = octets.count
        for index in 0..<min(8, octets.count) { sum = sum &* 31 &+ Int(octets[index]) }
        return 1 << UInt64(truncatingIfNeeded: sum & 63)
    }
}
