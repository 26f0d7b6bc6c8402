/// The names of a JSON object while it is read. The few of most objects are compared one by one; from then on they are in
/// a table, so that reading stays linear in the text.
struct NameSet {
    private static let few = 16
    private var table: Set<[UInt8]> = []

    /// Takes the name of the member that comes after `members`; false when one of them has it, octet by octet.
    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if members.count < Self.few { return !members.contains { $0.isCalled(name) } }
        if table.isEmpty { table = Set(members.map { Array($0.name.utf8) }) }
        return table.insert(Array(name.utf8)).inserted
    }
}
