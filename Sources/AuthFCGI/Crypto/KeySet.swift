/// The keys of one use, by their ids. The first makes what is new; each checks what it made.
struct KeySet<Key: Sendable>: Sendable {
    /// The id and key that new things are made with.
    let current: (id: String, key: Key)
    private let older: [(id: String, key: Key)]

    init(current: (id: String, key: Key), older: [(id: String, key: Key)]) {
        self.current = current
        self.older = older
    }

    /// The key that is called `id`, compared octet by octet.
    subscript(id: some StringProtocol) -> Key? {
        if current.id.utf8.elementsEqual(id.utf8) { return current.key }
        return older.first { $0.id.utf8.elementsEqual(id.utf8) }?.key
    }

    /// The key whose id these octets are.
    func key(called id: ArraySlice<UInt8>) -> (id: String, key: Key)? {
        current.id.utf8.span.isSame(as: id.span) ? current : older.first { $0.id.utf8.span.isSame(as: id.span) }
    }
}
