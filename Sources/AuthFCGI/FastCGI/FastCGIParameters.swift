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

    /// Whether this name came more than once.
    func isRepeated(_ name: String) -> Bool {
        guard let first = pairs.firstIndex(where: { $0.name == name }) else { return false }
        return pairs[(first + 1)...].contains { $0.name == name }
    }
}
