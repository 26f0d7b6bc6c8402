/// The parameters of a request, copied once from the connection.
struct FastCGIParameters: Sendable {
    private let pairs: [(name: String, value: String)]

    /// Parameters in the order sent.
    init(_ pairs: some Sequence<(name: String, value: String)>) {
        self.pairs = Array(pairs)
    }

    /// The first value of this name.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// All values of this name, in the order sent.
    func all(_ name: String) -> [String] {
        pairs.lazy.filter { $0.name == name }.map(\.value)
    }

    /// The names that came more than once.
    var duplicates: [String] {
        var seen: Set<String> = []
        var repeated: Set<String> = []
        for pair in pairs where !seen.insert(pair.name).inserted { repeated.insert(pair.name) }
        return Array(repeated)
    }
}
